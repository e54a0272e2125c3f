package zeroboot.image.uefi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.bytes.SpecReader;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** What iPXE is started with (UEFI specification 2.10, section 9.1): a script behind a name. */
final class LoadOptions {
  /** iPXE drops the first word, the name it was started by, and runs the rest as a script. */
  private static final String PROGRAM_NAME = "ipxe.efi ";

  private LoadOptions() {}

  /** Those with this script, as text with a NUL at the end. */
  static String of(String script) {
    return PROGRAM_NAME + script + "\0";
  }

  /** Options that all others of a core are like, a byte a character. */
  static byte[] example(IpxeCore core) {
    BootSpec spec = BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "1"));
    return of(BootScripts.render(spec, core).text()).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The script in options; {@code r} only names the file in an error. */
  static String script(SpecReader r, String options) {
    r.require(
        options.startsWith(PROGRAM_NAME) && options.indexOf('\0') == options.length() - 1,
        "has load options that hold no script");
    return options.substring(PROGRAM_NAME.length(), options.length() - 1);
  }

  /** As much of a script as is there from {@code begin} on, up to a NUL. */
  static Optional<String> beginningOfScript(byte[] data, int begin) {
    String text =
        new String(data, begin, data.length - begin, StandardCharsets.ISO_8859_1)
            .replaceFirst("(?s)\0.*", "");
    return text.startsWith(PROGRAM_NAME)
        ? Optional.of(text.substring(PROGRAM_NAME.length()))
        : Optional.empty();
  }
}
