package zeroboot.cli;

import java.util.Set;
import zeroboot.cli.console.Background;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.ShownStream;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScripts;
import zeroboot.signing.keys.KeyReader;

/** Entry point. */
public final class Main {
  private static final Set<String> MAKING = Set.of("iso", "usb", "efi", "lkrn", "script");

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Whatever speaks in this process is escaped, and what is lost is noticed.
    ShownStream out = ShownStream.standardOutput();
    ShownStream err = ShownStream.standardError();
    System.setOut(out);
    System.setErr(err);
    if (args.length > 0 && MAKING.contains(args[0])) {
      // What the result is made of is looked for while the options are read.
      Background.start(
          () -> {
            if (SigningOptions.areAmong(args)) {
              KeyReader.prepare();
            }
            Sha256.rehearse();
            IpxeCore core = BundledCore.load();
            BootScripts.prepare();
            if (!args[0].equals("script")) {
              ImageMaker.prepare();
            }
            return core;
          });
    }
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Zboot.fail(e, out, err, args));
    int exitCode = Zboot.run(args, out, err);
    // Newer Java runtimes look for somebody who logs each exit; a success ends without asking.
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }
}
