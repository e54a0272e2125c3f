package zeroboot.image.read;

import java.util.LinkedHashMap;
import java.util.Map;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.TargetFirmware;

/** One medium of every form, made once for all tests. */
final class MadeMedia {
  static final IpxeCore CORE = BundledCore.load();
  static final Rack RACK = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
  static final BootScript SCRIPT = BootScripts.render(RACK, CORE);
  static final Map<String, BootImage> ALL = all();

  private MadeMedia() {}

  private static Map<String, BootImage> all() {
    ImageMaker maker = new ImageMaker(CORE);
    Map<String, BootImage> all = new LinkedHashMap<>();
    for (Form form : Forms.ALL) {
      for (TargetFirmware firmware : TargetFirmware.values()) {
        if (form.isFor(firmware)) {
          all.put(form.shown() + " " + firmware.shown(), maker.make(form, firmware, RACK, SCRIPT));
        }
      }
    }
    return all;
  }

  /** A copy of the bytes of {@code iso both}, {@code usb bios}, … */
  static byte[] bytes(String name) {
    return image(name).bytes().clone();
  }

  static BootImage image(String name) {
    BootImage image = ALL.get(name);
    if (image == null) {
      throw new IllegalArgumentException(name);
    }
    return image;
  }
}
