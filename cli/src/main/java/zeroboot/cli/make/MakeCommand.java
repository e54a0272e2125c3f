package zeroboot.cli.make;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import zeroboot.cli.console.Background;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.keys.Signing;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.cli.output.OutputOptions;
import zeroboot.cli.output.Target;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.plan.EfiSigner;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** What all making commands share: settings to script, script to a form, the form to its place. */
abstract class MakeCommand implements Callable<Integer> {
  /** Last line of the help. */
  static final String MORE = "More settings (address, VLAN, console, waits...): zboot config list";

  @Mixin final SettingsOptions settings = new SettingsOptions();
  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;
  @Mixin final OutputOptions output = new OutputOptions();
  private final Session session;

  MakeCommand(Session session) {
    this.session = session;
    signing = new SigningOptions(session);
  }

  /** The form's name in receipts. */
  abstract String form();

  /** Where the result goes without {@code -o}. */
  abstract String defaultOutput(Rack rack);

  /** The result itself. */
  abstract Made make(Rack rack, BootScript script, IpxeCore core, EfiSigner signer);

  /** What boots the result; empty for a script, which iPXE runs. */
  abstract Optional<TargetFirmware> firmwareBooted();

  /** What the user of a file is told to do with it. */
  abstract NextSteps next(NextSteps steps, String file);

  @Override
  public Integer call() {
    Rack rack = settings.toRack();
    Target target = output.target(defaultOutput(rack), session.streams());
    target.check();
    // Opening a key takes as long as preparing what it will sign: neither need wait for the other.
    Optional<Background<Parts>> early =
        signing.opensKeyFirst()
            ? Optional.of(Background.start(() -> parts(rack)))
            : Optional.empty();
    Signing signatures =
        new Signing(signing.open(firmwareBooted().stream().toList(), List.of(rack)), target);
    signatures.check();
    Parts parts = early.isPresent() ? early.get().get() : parts(rack);
    IpxeCore ipxe = parts.core();
    BootScript script = parts.script();
    Made made = make(rack, script, ipxe, signatures.efiSigner());
    Background<String> sha256 = Background.start(() -> Sha256.hex(made.bytes()));
    signatures.write(made.bytes());
    Receipt receipt =
        new Receipt(
            form(),
            target.fileName(),
            sha256,
            rack,
            script,
            ipxe,
            made,
            signatures,
            settings.warnings(rack, ipxe));
    receipt.print(session.streams());
    if (output.isJson()) {
      receipt.printJson(session.streams().out());
    }
    String file = target.fileName();
    if (file != null) {
      next(new NextSteps(session), file).say(output.isJson());
    }
    return ExitCode.OK;
  }

  /** What is there before any key is needed. */
  private record Parts(IpxeCore core, BootScript script) {}

  private Parts parts(Rack rack) {
    IpxeCore ipxe = signing.pinned(core.load(session.cores()));
    return new Parts(ipxe, BootScripts.render(rack, ipxe));
  }
}
