package zeroboot.medium;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.image.read.ByteSource;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.efi.KeySet;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.KeySetPlan;
import zeroboot.signing.keys.SigningKey;
import zeroboot.spec.BootPath;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.TargetFirmware;

/** Media of every form, for one node and for a rack, signed and not, made once for all tests. */
final class Media {
  static final IpxeCore CORE = BundledCore.load();
  static final List<IpxeCore> KNOWN = List.of(CORE);
  static final Rack FARM = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
  static final Rack RACK = rack();
  static final BootScript SCRIPT = BootScripts.render(FARM, CORE);
  static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  static final KeySet KEYS =
      KeySet.generate(new KeySetPlan("Example farm", 2048, 10, NOW), new SecureRandom());

  /** All of them: {@code iso both}, {@code usb bios signed rack}, … */
  static final Map<String, BootImage> ALL = all();

  private Media() {}

  static SigningKey key(KeyRole role) {
    return KEYS.signingKey(role);
  }

  /** Signs the loader alone. */
  static EfiSigner loaderSigner() {
    return (where, efi) ->
        where.equals("iPXE core") ? efi : Authenticode.sign(where, efi, key(KeyRole.DB));
  }

  private static Rack rack() {
    BootSpec defaults = BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "7"));
    RackNode one =
        new RackNode(
            new MacAddress("00:00:5e:00:53:01"),
            new BootSpec(
                Settings.NONE.with(Setting.FARM_ID, "7").with(Setting.VLAN, "302"),
                Optional.of(new NodeName("node-01"))));
    RackNode two =
        new RackNode(
            new MacAddress("00:00:5e:00:53:02"),
            new BootSpec(
                Settings.NONE.with(Setting.FARM_ID, "7"), Optional.of(new NodeName("node-02"))));
    return new Rack(defaults, List.of(one, two));
  }

  private static Map<String, BootImage> all() {
    Map<String, BootImage> all = new LinkedHashMap<>();
    for (String rack : List.of("", " rack")) {
      Rack made = rack.isEmpty() ? FARM : RACK;
      BootScript script = BootScripts.render(made, CORE);
      byte[] text = script.bytes();
      Layout layout =
          new Layout.Builder()
              .extents(List.of(new Extent("script", 0, text.length)))
              .build(text.length);
      all.put("script" + rack, new BootImage(text, layout));
      for (String signed : List.of("", " signed")) {
        ImageMaker maker = new ImageMaker(CORE, signed.isEmpty() ? EfiSigner.NONE : loaderSigner());
        for (Form form : Forms.ALL) {
          for (TargetFirmware firmware : TargetFirmware.values()) {
            boolean fits = form.isFor(firmware);
            if (fits && (signed.isEmpty() || firmware.paths().contains(BootPath.UEFI_X64))) {
              all.put(
                  form.shown() + " " + firmware.shown() + signed + rack,
                  maker.make(form, firmware, made, script));
            }
          }
        }
      }
    }
    return all;
  }

  static BootImage image(String name) {
    BootImage image = ALL.get(name);
    if (image == null) {
      throw new IllegalArgumentException(name + " is none of " + ALL.keySet());
    }
    return image;
  }

  /** A copy of the bytes of {@code iso both}, {@code usb bios}, … */
  static byte[] bytes(String name) {
    return image(name).bytes().clone();
  }

  static Verdict judge(byte[] bytes) {
    return Judge.of(ByteSource.of("medium", bytes), KNOWN);
  }
}
