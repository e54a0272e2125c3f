package zeroboot.cli;

import picocli.CommandLine.Command;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;

/** {@code zboot usb}. */
@Command(
    name = "usb",
    description = "Makes a disk image for a USB stick, BIOS and UEFI.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot usb --farm-id 4242", "makes zboot-farm4242-main.img"})
final class UsbCommand extends MakeCommand {
  @Override
  String form() {
    return "usb";
  }

  @Override
  String defaultOutput(BootSpec spec) {
    return ImageForm.USB.fileName(spec);
  }

  @Override
  Made make(BootSpec spec, BootScript script, IpxeCore core) {
    return Made.of(new ImageMaker(core).make(ImageForm.USB, spec, script));
  }
}
