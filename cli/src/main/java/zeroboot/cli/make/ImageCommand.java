package zeroboot.cli.make;

import java.util.Optional;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.core.IpxeCore;
import zeroboot.image.Form;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** A command that makes one form of image. */
abstract class ImageCommand extends MakeCommand {
  private final Form imageForm;

  ImageCommand(Session session, Form imageForm) {
    super(session);
    this.imageForm = imageForm;
  }

  /** What the image is. */
  Form imageForm() {
    return imageForm;
  }

  /** What the image shall boot: all that its form can, unless the user chooses. */
  TargetFirmware firmware() {
    return imageForm().firmware();
  }

  @Override
  NextSteps next(NextSteps steps, String file) {
    return steps.run("try it", "try", file, "--until", "address").write(file);
  }

  @Override
  Optional<TargetFirmware> firmwareBooted() {
    return Optional.of(firmware());
  }

  @Override
  String form() {
    return imageForm().shown();
  }

  @Override
  String defaultOutput(Rack rack) {
    return imageForm().fileName(rack, firmware());
  }

  @Override
  Made make(Rack rack, BootScript script, IpxeCore core, EfiSigner signer) {
    return Made.of(
        new ImageMaker(core, signer).make(imageForm(), firmware(), rack, script), firmware());
  }
}
