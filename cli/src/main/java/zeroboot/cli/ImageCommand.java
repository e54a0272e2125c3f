package zeroboot.cli;

import zeroboot.core.IpxeCore;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** A command that makes one form of image. */
abstract class ImageCommand extends MakeCommand {
  private final ImageForm imageForm;

  ImageCommand(ImageForm imageForm) {
    this.imageForm = imageForm;
  }

  /** What the image shall boot: all that its form can, unless the user chooses. */
  TargetFirmware firmware() {
    return imageForm.firmware();
  }

  @Override
  String form() {
    return imageForm.shown();
  }

  @Override
  String defaultOutput(Rack rack) {
    return imageForm.fileName(rack, firmware());
  }

  @Override
  Made make(Rack rack, BootScript script, IpxeCore core) {
    return Made.of(new ImageMaker(core).make(imageForm, firmware(), rack, script), firmware());
  }
}
