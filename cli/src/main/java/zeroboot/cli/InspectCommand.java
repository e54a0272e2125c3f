package zeroboot.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Inspection;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.input.InputKind;
import zeroboot.spec.TargetFirmware;
import zeroboot.spec.ZbootException;

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
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DEVICE|-", description = "What to look into; - is standard input.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Option(names = "--script", description = "Print the script that it runs, and nothing else.")
  private boolean script;

  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      completionCandidates = FirmwareOption.Names.class,
      description = "With --script: the script of bios or uefi machines, should they differ.")
  private @Nullable String firmware;

  private final Session session;

  InspectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Medium medium;
    try (ByteSource source =
        InputFile.isStdin(file)
            ? ByteSource.of(InputFile.name(file), InputFile.read(file, InputKind.IMAGE))
            : ByteSource.open(file)) {
      medium = MediumReader.read(source);
    }
    PrintStream out = session.streams().out();
    if (script) {
      out.print(Shown.lines(script(medium)));
      out.flush();
      return ExitCode.OK;
    }
    Inspection inspection = Inspection.of(medium, session.cores().all());
    if (json) {
      Json.print(out, fields -> InspectionJson.write(fields, inspection));
    } else {
      new InspectionText(inspection).print(out);
    }
    if (inspection.troubles().isEmpty()) {
      return ExitCode.OK;
    }
    boolean foreign = medium.kind() == Medium.Kind.FOREIGN;
    throw ZbootException.settings(
        medium.name(),
        inspection.troubles().size() == 1
            ? shortened(inspection.troubles().get(0), medium)
            : inspection.troubles().size() + " troubles, see above",
        "do not use it; " + (foreign ? "fetch it anew" : "make the image again"));
  }

  /** Without the file's name and the advice, which this command gives itself. */
  private static String shortened(String trouble, Medium medium) {
    return trouble.replace(medium.name() + ": ", "").replaceFirst(";.*", "");
  }

  private String script(Medium medium) {
    TargetFirmware wanted = firmware == null ? TargetFirmware.BOTH : TargetFirmware.parse(firmware);
    Optional<String> bios = medium.bios().filter(h -> wanted.bios()).map(Medium.Half::script);
    Optional<String> uefi = medium.uefi().filter(h -> wanted.uefi()).map(Medium.Half::script);
    if (bios.isPresent() && uefi.isPresent() && !bios.equals(uefi)) {
      throw ZbootException.settings(
          medium.name(),
          "BIOS and UEFI machines run different scripts",
          "add --firmware bios or --firmware uefi to see one of them");
    }
    return bios.or(() -> uefi)
        .orElseThrow(
            () ->
                ZbootException.settings(
                    medium.name(), "holds no script of zboot's", "leave out --script"));
  }
}
