package zeroboot.cli.make;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.ProgressBar;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.cli.output.FolderTarget;
import zeroboot.cli.output.ForceOption;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;
import zeroboot.script.BootScripts;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.spec.BootSpec;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;

/** {@code zboot batch}. */
@Command(
    addMethodSubcommands = false,
    name = "batch",
    description = "Makes an image for each node of a rack, into one folder.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot batch farm.yaml --form usb,iso -o images",
      "Beside the images: manifest.json, and SHA256SUMS for sha256sum -c"
    })
public final class BatchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.yaml", arity = "0..1", description = "The profile.")
  @Nullable Path file;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      split = ",",
      defaultValue = "usb",
      completionCandidates = FormNames.class,
      description = "One or several: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  List<String> forms = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder; it is made.")
  Path output = Path.of(".");

  @Mixin final ForceOption force = new ForceOption();

  @Option(names = "--json", description = "Print the manifest on standard output.")
  boolean json;

  @Mixin final SettingsOptions settings = SettingsOptions.withoutFarm();
  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;
  private final Session session;

  BatchCommand(Session session) {
    this.session = session;
    signing = new SigningOptions(session);
  }

  /** For the completion of the option. */
  static final class FormNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Forms.names().iterator();
    }
  }

  @Override
  public Integer call() {
    Set<Form> wanted = new LinkedHashSet<>();
    forms.forEach(form -> wanted.add(form(form)));
    Profile profile =
        file == null ? settings.profile() : ProfileFile.read(file, StandardInput::open);
    List<Batch.Job> jobs = jobs(profile);
    SigningKeys keys =
        signing
            .open(
                wanted.stream().map(Form::firmware).toList(),
                jobs.stream().map(job -> Rack.of(job.spec())).toList())
            .opened();
    PrintStream err = session.streams().err();
    int images = jobs.size() * wanted.size();
    BatchManifest manifest;
    String text;
    IpxeCore ipxe = signing.pinned(core.load(session.cores()));
    try (FolderTarget target = FolderTarget.begin(output, force.isWanted())) {
      try (ProgressBar bar =
          new ProgressBar(err, session.terminal().isBehind(err), "images", images)) {
        manifest = new Batch(ipxe, List.copyOf(wanted), target, keys, bar).run(jobs);
      }
      text = manifest.json(keys);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      target.write(BatchManifest.FILE, bytes);
      byte[] sums = manifest.checksums(bytes);
      target.write(ChecksumFile.NAME, sums);
      keys.signBeside(ChecksumFile.NAME, sums, target::write);
      target.complete();
    }
    report(err, jobs, images, ipxe);
    settings.warnings(profile).forEach(session.streams()::warning);
    keys.print(err, ChecksumFile.NAME + DetachedSignature.EXTENSION);
    if (json) {
      session.streams().out().print(Shown.lines(text));
    }
    String first = output.resolve(manifest.nodes().get(0).images().get(0).file()).toString();
    new NextSteps(session)
        .run("try one", "try", first, "--until", "address")
        .write(first)
        .say(json);
    return ExitCode.OK;
  }

  private static Form form(String name) {
    return Forms.named(name.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                ZbootException.usage(
                    "--form " + name, "there is no such form", Spelling.mend(name, Forms.names())));
  }

  /** Every node is checked before the first image is made. */
  private List<Batch.Job> jobs(Profile profile) {
    if (file != null && settings.hasProfile()) {
      throw ZbootException.usage("--config", "the profile is named twice", "name it once");
    }
    List<Profile.Node> nodes = settings.node(profile).map(List::of).orElseGet(profile::nodes);
    if (nodes.isEmpty()) {
      throw ZbootException.usage(
          file == null ? "batch" : file.toString(),
          "there is no list of nodes",
          "name a profile with nodes:, or make one image with zboot usb");
    }
    return nodes.stream().map(node -> new Batch.Job(node, settings.spec(profile, node))).toList();
  }

  private void report(PrintStream err, List<Batch.Job> jobs, int images, IpxeCore ipxe) {
    List<String> farms =
        jobs.stream()
            .flatMap(job -> job.spec().farmId().stream())
            .map(Object::toString)
            .distinct()
            .toList();
    if (!farms.isEmpty()) {
      err.println((farms.size() == 1 ? "Farm ID " : "Farm IDs ") + String.join(", ", farms));
    }
    err.println(
        String.format(Locale.ROOT, "%s: %d images for %d nodes", output, images, jobs.size()));
    Set<String> warnings = new LinkedHashSet<>();
    Map<NodeName, BootSpec> nodes = new LinkedHashMap<>();
    for (Batch.Job job : jobs) {
      warnings.addAll(BootScripts.warnings(Rack.of(job.spec()), ipxe));
      nodes.put(job.node().name(), job.spec());
    }
    warnings.addAll(Rack.sharedAddresses(nodes));
    warnings.forEach(session.streams()::warning);
  }
}
