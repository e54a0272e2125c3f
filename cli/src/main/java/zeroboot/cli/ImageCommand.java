package zeroboot.cli;

import zeroboot.core.IpxeCore;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;
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
  String defaultOutput(BootSpec spec) {
    return imageForm.fileName(spec, firmware());
  }

  @Override
  Made make(BootSpec spec, BootScript script, IpxeCore core) {
    return Made.of(new ImageMaker(core).make(imageForm, firmware(), spec, script), firmware());
  }
}
