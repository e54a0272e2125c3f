package zeroboot.cli;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import zeroboot.core.IpxeCore;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;

/** What all making commands share: settings to script, script to a form, the form to its place. */
abstract class MakeCommand implements Callable<Integer> {
  @Mixin private final SettingsOptions settings = new SettingsOptions();
  @Mixin private final CoreOption core = new CoreOption();
  @Mixin private final OutputOptions output = new OutputOptions();
  @ParentCommand private Zboot zboot;

  /** The form's name in receipts. */
  abstract String form();

  /** Where the result goes without {@code -o}. */
  abstract String defaultOutput(BootSpec spec);

  /** The result itself. */
  abstract Made make(BootSpec spec, BootScript script, IpxeCore core);

  @Override
  public Integer call() {
    BootSpec spec = settings.toSpec();
    Target target = output.target(defaultOutput(spec), zboot.streams());
    target.check();
    IpxeCore ipxe = core.load(zboot.cores());
    BootScript script = BootScripts.render(spec, ipxe);
    Made made = make(spec, script, ipxe);
    target.write(made.bytes());
    Receipt receipt =
        new Receipt(form(), target.fileName(), sha256(made.bytes()), spec, script, ipxe, made);
    receipt.print(zboot.streams().err());
    if (output.json()) {
      receipt.printJson(zboot.streams().out());
    }
    return ExitCode.OK;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
