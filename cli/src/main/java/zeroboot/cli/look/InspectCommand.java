package zeroboot.cli.look;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.output.InputFile;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.input.InputKind;
import zeroboot.medium.Finding;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** {@code zboot inspect}. */
@Command(
    addMethodSubcommands = false,
    name = "inspect",
    description =
        "Shows what an image or a stick really runs, out of its boot codes. Ends with exit code 3"
            + " if it is damaged or contradicts itself.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot inspect zboot-farm4242-main.iso"})
public final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DEVICE|-", description = "What to look into; - is standard input.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print everything as JSON.")
  boolean json;

  @Option(names = "--script", description = "Print the script that it runs, and nothing else.")
  boolean script;

  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      completionCandidates = FirmwareOption.Names.class,
      description = "With --script: the script of bios or uefi machines, should they differ.")
  @Nullable String firmware;

  private final Session session;

  InspectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PrintStream out = session.streams().out();
    Verdict verdict;
    try (ByteSource source =
        InputFile.isStdin(file)
            ? ByteSource.of(InputFile.name(file), InputFile.read(file, InputKind.IMAGE))
            : ByteSource.open(file)) {
      if (script) {
        out.print(Shown.lines(script(MediumReader.read(source))));
        out.flush();
        return ExitCode.OK;
      }
      verdict = Judge.of(source, session.cores().all());
    }
    if (json) {
      Json.print(out, fields -> InspectionJson.write(fields, verdict));
    } else {
      new InspectionText(verdict)
          .print(out, session.streams().outPaint(), session.streams().hints());
    }
    List<Finding> damage = verdict.damage();
    if (damage.isEmpty()) {
      return ExitCode.OK;
    }
    boolean foreign = verdict.facts().author() == Verdict.Author.FOREIGN;
    throw ZbootException.settings(
        verdict.facts().name(),
        damage.size() == 1
            ? shortened(damage.get(0).what(), verdict.facts().name())
            : damage.size() + " faults, see above",
        "do not use it; " + (foreign ? "download it again" : "make the image again"));
  }

  /** Without the file's name, which this command gives itself. */
  private static String shortened(String what, String name) {
    return what.replace(name + ": ", "");
  }

  private String script(Medium medium) {
    TargetFirmware wanted = firmware == null ? TargetFirmware.BOTH : TargetFirmware.parse(firmware);
    List<BootPath> paths = wanted.paths().stream().filter(p -> medium.on(p).isPresent()).toList();
    List<String> scripts =
        paths.stream().map(path -> medium.on(path).orElseThrow().script()).distinct().toList();
    if (scripts.size() > 1) {
      throw ZbootException.settings(
          medium.name(),
          paths.stream().map(BootPath::machines).collect(joining(" and "))
              + " machines run different scripts",
          "add "
              + paths.stream()
                  .map(path -> "--firmware " + path.firmware().shown())
                  .collect(joining(" or "))
              + " to see one of them");
    }
    return scripts.stream()
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.settings(
                    medium.name(), "holds no script of zboot's", "leave out --script"));
  }
}
