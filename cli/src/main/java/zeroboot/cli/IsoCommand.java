package zeroboot.cli;

import picocli.CommandLine.Command;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;

/** {@code zboot iso}. */
@Command(
    name = "iso",
    description = "Makes an ISO image for CD drives, remote management and sticks, BIOS and UEFI.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot iso --farm-id 4242", "makes zboot-farm4242-main.iso"})
final class IsoCommand extends MakeCommand {
  @Override
  String form() {
    return "iso";
  }

  @Override
  String defaultOutput(BootSpec spec) {
    return ImageForm.ISO.fileName(spec);
  }

  @Override
  Made make(BootSpec spec, BootScript script, IpxeCore core) {
    return Made.of(new ImageMaker(core).make(ImageForm.ISO, spec, script));
  }
}
