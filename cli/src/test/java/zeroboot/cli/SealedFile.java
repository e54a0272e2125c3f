package zeroboot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.core.IpxeCore;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium.Half;
import zeroboot.image.read.MediumReader;
import zeroboot.script.BootScript;
import zeroboot.script.ImageId;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.Rack;
import zeroboot.testing.ForeignTool;

/** Sealed UEFI files, taken apart and put together as somebody would who knows the format. */
public final class SealedFile {
  private SealedFile() {}

  /** The unpacked core in an image. */
  public static byte[] core(Path image) throws IOException {
    return uefi(image).core();
  }

  public static String script(Path image) throws IOException {
    return uefi(image).script();
  }

  private static Half uefi(Path image) throws IOException {
    return MediumReader.read(ByteSource.of(image.toString(), Files.readAllBytes(image)))
        .uefi()
        .orElseThrow();
  }

  /**
   * A file as the loader wants it, checksums and all, without a signature.
   *
   * @param image any image of zboot's; a sealed file holds nothing but a core and a script
   */
  public static Path make(Path file, Path image, IpxeCore core, String script) throws IOException {
    Rack rack = ScriptSettings.read("script", script(image)).rack("script");
    BootScript text = new BootScript(script, ImageId.of(script));
    return Files.write(file, new ImageMaker(core).make(Forms.EFI, rack, text).bytes());
  }

  /** Puts the signature of one file into another. */
  public static Path transplant(Path signed, Path to) throws IOException {
    Path copy = Files.copy(signed, Path.of(to + ".copy"));
    String signature = to + ".signature";
    ForeignTool sbattach = ForeignTool.require("sbattach");
    sbattach.run("--detach", signature, copy.toString()).ok();
    sbattach.run("--attach", signature, to.toString()).ok();
    return to;
  }
}
