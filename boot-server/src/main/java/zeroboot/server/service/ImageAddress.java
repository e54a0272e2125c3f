package zeroboot.server.service;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootSpec;
import zeroboot.spec.GridNetwork;
import zeroboot.spec.KernelCommandLine;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * An address of an image, {@code /KIND/NETWORK/FARM/WORDS/KERNEL}, the last two of which may be
 * missing. In the words for the kernel {@code ___} stands for a slash.
 *
 * @param rack what it asks for, checked: all that comes behind this class may go into a script
 */
record ImageAddress(MediaKind kind, Rack rack) {
  private static final String SLASH = "___";
  private static final int FARM = 2;
  private static final int WORDS = 3;
  private static final int KERNEL = 4;
  private static final Pattern KERNEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  /**
   * Reads the parts of an address.
   *
   * @param parts without the percent signs; the first is the kind's word; at most five
   * @throws ZbootException if one of them is not acceptable: with the sentence of the command line
   */
  static ImageAddress parse(MediaKind kind, List<String> parts) {
    Settings settings = KernelCommandLine.asked(part(parts, WORDS).replace(SLASH, "/"));
    settings = with(settings, Setting.NETWORK, part(parts, 1));
    if (!part(parts, FARM).isEmpty()) {
      settings = with(settings, Setting.FARM_ID, part(parts, FARM));
    }
    if (!part(parts, KERNEL).isEmpty()) {
      settings = with(settings, Setting.KERNEL_URL, kernelUrl(part(parts, KERNEL)));
    }
    return new ImageAddress(kind, Rack.of(BootSpec.of(settings)));
  }

  /** What is to be made. */
  Wanted wanted() {
    return Wanted.of(kind.form(), rack);
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static Settings with(Settings settings, Setting setting, String value) {
    return settings.with(setting, List.of(value), setting.option());
  }

  /** Kernels lie beside those that networks run, by their names. */
  private static String kernelUrl(String name) {
    if (!KERNEL_NAME.matcher(name).matches()) {
      throw ZbootException.settings(
          "kernel '" + name + "'",
          "is not the name of a kernel's file",
          "write it like zero-os-development-zos-v3-generic.efi");
    }
    return URI.create(GridNetwork.MAIN.kernelUrl().value()).resolve("../" + name).toString();
  }

  /** The words that stand in an address for what somebody typed. */
  static Optional<String> path(MediaKind kind, GridNetwork network, String farm, String words) {
    if (words.contains(SLASH)) {
      return Optional.empty();
    }
    String plain = "/" + kind.word() + "/" + network.runMode() + "/" + farm;
    String extra = words.strip().replace("/", SLASH);
    return Optional.of(extra.isEmpty() ? plain : plain + "/" + encode(extra));
  }

  /** RFC 3986 section 2.1; what is left alone means nothing else in any part of a URL. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~=:,@".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
