package zeroboot.reach;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tells by its first bytes whether a file is a kernel that iPXE can start. */
final class KernelHead {
  /** As much of a file as is looked at, in bytes: where a PE header has to begin and to end. */
  static final int LENGTH = 64 << 10;

  private static final String FILE = "file";

  /** Linux boot protocol, "The Real-Mode Kernel Header": offsets of boot_flag and header. */
  private static final int BOOT_FLAG = 0x1FE;

  private static final int HEADER = 0x202;

  /** PE format specification: machine and subsystem of x86-64 UEFI applications. */
  private static final int X86_64 = 0x8664;

  private static final int EFI_APPLICATION = 10;

  private final byte[] head;
  private final ByteBuffer fields;

  private KernelHead(byte[] head) {
    this.head = head;
    fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
  }

  static List<Found> look(byte[] head) {
    return new KernelHead(head).look();
  }

  private List<Found> look() {
    boolean uefi = isUefi();
    boolean bios = isBzImage();
    if (!uefi && !bios) {
      return List.of(Found.failed(FILE, "is not a kernel: " + other()));
    }
    List<Found> found = new ArrayList<>();
    found.add(
        Found.ok(
            FILE,
            uefi && bios
                ? "a Linux kernel for UEFI and BIOS machines"
                : uefi ? "an EFI file for UEFI machines" : "a Linux kernel for BIOS machines"));
    if (!uefi) {
      found.add(Found.note(FILE, "UEFI machines cannot start it: it has no EFI header"));
    } else if (!bios) {
      found.add(Found.note(FILE, "BIOS machines cannot start it: it has no Linux header"));
    }
    return found;
  }

  private boolean isBzImage() {
    return head.length >= HEADER + 4
        && fields.getShort(BOOT_FLAG) == (short) 0xAA55
        && startsWith(HEADER, "HdrS");
  }

  private boolean isUefi() {
    if (head.length < 0x40 || !startsWith(0, "MZ")) {
      return false;
    }
    int pe = fields.getInt(0x3C);
    // The subsystem is at the same offset in both kinds of optional header.
    return pe >= 0x40
        && pe <= head.length - 96
        && startsWith(pe, "PE\0\0")
        && Short.toUnsignedInt(fields.getShort(pe + 4)) == X86_64
        && fields.getShort(pe + 24 + 68) == EFI_APPLICATION;
  }

  private String other() {
    if (head.length == 0) {
      return "it is empty";
    }
    if (startsWith(0, "#!ipxe")) {
      return "it is an iPXE script (for --provision-url, or chain)";
    }
    if (startsWith(0, "#!")) {
      return "it is a script";
    }
    if (startsWith(0, "<")) {
      return "it is a web page";
    }
    if (startsWith(0, "\u001F\u008B")) {
      return "it is compressed (gzip)";
    }
    if (startsWith(0, "MZ")) {
      return "it is a PE file, but no x86-64 EFI application";
    }
    return "it has neither an EFI nor a Linux header";
  }

  private boolean startsWith(int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    if (head.length - at < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (head[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
