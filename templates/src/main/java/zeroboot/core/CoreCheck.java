package zeroboot.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/** What an iPXE build must be able to do before an image is built around it. */
final class CoreCheck {
  /**
   * Linux boot protocol fields (Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header").
   */
  private static final int LKRN_SETUP_SECTS = 0x1F1;

  private static final int LKRN_BOOT_FLAG = 0x1FE;
  private static final int LKRN_JUMP = 0x200;
  private static final int LKRN_HEADER = 0x202;
  private static final int LKRN_VERSION = 0x206;
  private static final int LKRN_LOADFLAGS = 0x211;
  private static final int LOADED_HIGH = 1;

  /** The BIOS stage keeps 0x1400 bytes for the boot sector and the setup sectors. */
  private static final int MAX_SETUP_BYTES = 0x1400;

  private static final int MACHINE_AMD64 = 0x8664;

  /** iPXE names the script it makes of its load options so (interface/efi/efi_cmdline.c). */
  private static final byte[] LOAD_OPTIONS_MARK = "<CMDLINE>".getBytes(StandardCharsets.US_ASCII);

  /**
   * The command that takes certificates out of iPXE's store, among them those that it found in the
   * firmware (hci/commands/cert_cmd.c).
   */
  static final String FORGET_ROOTS = "certfree";

  /** Where firmware keeps roots for its own HTTPS: UTF-16, as iPXE asks for it (efi_cacert.c). */
  private static final byte[] FIRMWARE_ROOTS =
      "TlsCaCertificate".getBytes(StandardCharsets.UTF_16LE);

  /** How scripts begin (iPXE, image/script.c). */
  private static final byte[] SCRIPT_MARK = "#!ipxe".getBytes(StandardCharsets.US_ASCII);

  /** Its greeting and its errors lead there. */
  private static final byte[] HOME = "://ipxe.org".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4}(?:[-+.~][0-9A-Za-z+.~-]{0,80})?");
  private static final String MEND = "bring a newer ipxe package with --core, or leave --core out";

  /** DER form of id-ecPublicKey (RFC 5480, section 2.1.1) without tag and length. */
  private static final String ID_EC_PUBLIC_KEY = "2a8648ce3d0201";

  private CoreCheck() {}

  static void checkLkrn(String origin, byte[] lkrn) {
    String where = origin + " (ipxe.lkrn)";
    if (lkrn.length < 0x1000) {
      throw refuse(where, "is only " + lkrn.length + " bytes long");
    }
    ByteBuffer b = ByteBuffer.wrap(lkrn).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getShort(LKRN_BOOT_FLAG) != (short) 0xAA55
        || !new String(lkrn, LKRN_HEADER, 4, StandardCharsets.US_ASCII).equals("HdrS")) {
      throw refuse(where, "is not a Linux-protocol kernel (no HdrS header)");
    }
    if (b.getShort(LKRN_VERSION) < 0x202 || (lkrn[LKRN_LOADFLAGS] & LOADED_HIGH) == 0) {
      throw refuse(where, "is not a bzImage that loads at 1 MiB with boot protocol 2.02 or newer");
    }
    int setup = ((lkrn[LKRN_SETUP_SECTS] & 0xFF) + 1) * 512;
    if (setup > MAX_SETUP_BYTES || lkrn[LKRN_JUMP] != (byte) 0xEB || setup >= lkrn.length) {
      throw refuse(
          where, "has a setup part of " + setup + " bytes that the BIOS stage cannot hold");
    }
  }

  static void checkEfi(String origin, byte[] efi) {
    String where = origin + " (ipxe.efi)";
    ByteBuffer b = ByteBuffer.wrap(efi).order(ByteOrder.LITTLE_ENDIAN);
    if (efi.length < 0x400 || efi[0] != 'M' || efi[1] != 'Z') {
      throw refuse(where, "is not a PE image");
    }
    int pe = b.getInt(0x3C);
    if (pe < 0 || pe > efi.length - 0x18 || b.getInt(pe) != 0x4550) {
      throw refuse(where, "is not a PE image");
    }
    int machine = b.getShort(pe + 4) & 0xFFFF;
    if (machine != MACHINE_AMD64) {
      throw refuse(
          where, String.format("is for machine type 0x%04x, not x86-64 (0x8664)", machine));
    }
    if (indexOf(efi, LOAD_OPTIONS_MARK) < 0) {
      throw refuse(where, "does not read load options (iPXE does since January 2023)");
    }
  }

  /**
   * Refuses a UEFI file that was built with a script in it: iPXE would run that and not the one
   * that an image hands to it, and a key for Secure Boot would sign it unseen. A script begins with
   * one of two words and white space (iPXE, image/script.c); iPXE's own code holds the words alone.
   */
  static void checkHasNoScript(String origin, byte[] efi) {
    for (String word : new String[] {"#!ipxe", "#!gpxe"}) {
      for (char space : new char[] {'\n', '\r', ' ', '\t', '\f', '\u000b'}) {
        if (indexOf(efi, (word + space).getBytes(StandardCharsets.US_ASCII)) >= 0) {
          throw refuse(
              origin + " (ipxe.efi)",
              "was built with a script in it, which would run instead of the image's");
        }
      }
    }
  }

  /** Whether it is an iPXE, or has one in it. */
  static boolean isIpxe(byte[] efi) {
    return indexOf(efi, SCRIPT_MARK) >= 0 && indexOf(efi, HOME) >= 0;
  }

  /** Whether iPXE trusts what its firmware trusts, and nothing can be said against it. */
  static boolean trustsFirmwareAlways(byte[] efi) {
    return indexOf(efi, FIRMWARE_ROOTS) >= 0 && !hasCommand(efi, FORGET_ROOTS);
  }

  /** Whether these bytes stand anywhere in a UEFI file. */
  static boolean holds(byte[] efi, byte[] bytes) {
    return indexOf(efi, bytes) >= 0;
  }

  /** The longest zero-terminated string that looks like a version: Debian's carry a suffix. */
  static String version(byte[] efi) {
    Matcher matcher = VERSION.matcher(new String(efi, StandardCharsets.ISO_8859_1));
    String best = "";
    while (matcher.find()) {
      boolean terminated =
          matcher.end() < efi.length
              && efi[matcher.end()] == 0
              && matcher.start() > 0
              && efi[matcher.start() - 1] == 0;
      if (terminated && matcher.group().length() > best.length()) {
        best = matcher.group();
      }
    }
    return best.isEmpty() ? "unknown" : best;
  }

  /**
   * The version in the kernel_version text of the Linux header (boot.rst, offset 20E): what stands
   * before the first space.
   */
  static String lkrnVersion(byte[] lkrn) {
    if (lkrn.length < 0x210) {
      return "unknown";
    }
    int at =
        0x200
            + Short.toUnsignedInt(
                ByteBuffer.wrap(lkrn).order(ByteOrder.LITTLE_ENDIAN).getShort(0x20E));
    int end = at;
    while (end < lkrn.length && end - at < 128 && lkrn[end] > ' ') {
      end++;
    }
    String version =
        at >= lkrn.length ? "" : new String(lkrn, at, end - at, StandardCharsets.US_ASCII);
    return VERSION.matcher(version).matches() ? version : "unknown";
  }

  /** Whether servers may have ECDSA keys: the identifier of those stands in the UEFI file. */
  static boolean knowsEcdsa(byte[] efi) {
    return holds(efi, HexFormat.of().parseHex(ID_EC_PUBLIC_KEY));
  }

  /** A command's name stands in the UEFI file as a string of its own, between two zero bytes. */
  static boolean hasCommand(byte[] efi, String command) {
    byte[] name = ("\0" + command + "\0").getBytes(StandardCharsets.US_ASCII);
    return indexOf(efi, name) >= 0;
  }

  /**
   * Where {@code what} first stands in {@code in}, or -1. The whole core is looked through at each
   * start, so this skips as far as the byte below the pattern's end allows (Horspool's method).
   */
  private static int indexOf(byte[] in, byte[] what) {
    int last = what.length - 1;
    int[] skip = new int[256];
    Arrays.fill(skip, what.length);
    for (int i = 0; i < last; i++) {
      skip[what[i] & 0xFF] = last - i;
    }
    for (int at = 0; at + last < in.length; at += skip[in[at + last] & 0xFF]) {
      if (in[at + last] == what[last]
          && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  private static ZbootException refuse(String where, String what) {
    return ZbootException.settings(where, what, MEND);
  }
}
