package zeroboot.image;

import java.util.Map;
import zeroboot.core.IpxeCore;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.BootSpec;

/** Makes every form of image from the same parts. */
public final class BootImages {
  private BootImages() {}

  /** The image of {@code script} on {@code core}, at most 1,000,000 bytes. */
  public static BootImage build(ImageForm form, BootSpec spec, BootScript script, IpxeCore core) {
    FileTree files =
        FileTree.of(
            Map.of(
                "README.TXT", MediumReadme.render(spec, script, core),
                "ZBOOT.JSON", SettingsRecord.file(spec, script, core)));
    throw new UnsupportedOperationException(form + " " + files);
  }
}
