package zeroboot.image.bios;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * What the frame needs to know of a Linux-protocol kernel (Linux, Documentation/arch/x86/boot.rst,
 * "The Real-Mode Kernel Header").
 *
 * @param setupEnd boot sector and setup sectors, in bytes; the payload follows
 * @param entry offset of the first instruction that a loader runs, behind the header
 */
public record LinuxKernel(int setupEnd, int entry) {
  static final int SETUP_SECTS = 0x1F1;
  static final int SYSSIZE = 0x1F4;
  static final int BOOT_FLAG = 0x1FE;
  static final int SETUP = 0x200;

  private static final int HEADER = 0x202;
  private static final int VERSION = 0x206;
  private static final int KERNEL_VERSION = 0x20E;
  private static final int LOADFLAGS = 0x211;
  private static final int RAMDISK_IMAGE = 0x218;
  private static final int RAMDISK_SIZE = 0x21C;
  private static final int HEADER_END = 0x22C;

  /** Boot sector, one setup sector, no payload. */
  private static final int MIN_SIZE = 0x400;

  private static final int LONGEST_VERSION = 200;
  private static final String MAGIC = "HdrS";
  private static final String MEND = "use the ipxe.lkrn of Debian's ipxe package";

  /**
   * What somebody's kernel says of itself.
   *
   * @param protocol version of the boot protocol, {@code 2.15}
   * @param version of the kernel, as it prints it
   */
  public record Description(String protocol, Optional<String> version) {}

  /** Whether a file begins as kernels of this protocol do. */
  public static boolean isOne(SpecReader file) {
    return file.size() >= VERSION && file.text(HEADER, MAGIC.length()).equals(MAGIC);
  }

  /** What a file says of itself, if it is a kernel. */
  public static Optional<Description> describe(SpecReader file) {
    if (file.size() < HEADER_END || !isOne(file)) {
      return Optional.empty();
    }
    String protocol = file.u8(VERSION + 1) + "." + file.u8(VERSION);
    int pointer = file.le16(KERNEL_VERSION);
    int at = SETUP + pointer;
    int end = at;
    while (end < file.size() && end - at < LONGEST_VERSION && file.u8(end) != 0) {
      end++;
    }
    return Optional.of(
        new Description(
            protocol,
            pointer != 0 && at < file.size()
                ? Optional.of(file.text(at, end - at))
                : Optional.empty()));
  }

  /** Refuses, in the name of {@code where}, a kernel that the frame cannot take in. */
  static LinuxKernel of(String where, byte[] lkrn) {
    if (lkrn.length < MIN_SIZE) {
      throw refuse(where, "is too short for a kernel with " + lkrn.length + " bytes");
    }
    ByteBuffer b = ByteBuffer.wrap(lkrn).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getShort(BOOT_FLAG) != (short) 0xAA55
        || !new String(lkrn, HEADER, 4, StandardCharsets.US_ASCII).equals(MAGIC)) {
      throw refuse(where, "has no Linux boot header");
    }
    if (Short.toUnsignedInt(b.getShort(VERSION)) < 0x202 || (lkrn[LOADFLAGS] & 1) == 0) {
      throw refuse(where, "does not load at 1 MiB by boot protocol 2.02 or newer");
    }
    if (b.getInt(RAMDISK_IMAGE) != 0 || b.getInt(RAMDISK_SIZE) != 0) {
      throw refuse(where, "claims to have an initial RAM disk already");
    }
    int setupEnd = setupEnd(lkrn[SETUP_SECTS]);
    if (setupEnd > BlobContents.OFFSET || setupEnd >= lkrn.length) {
      throw refuse(where, "has a setup part of " + setupEnd + " bytes, the BIOS stage holds 5120");
    }
    int entry = SETUP + 2 + lkrn[SETUP + 1];
    if (lkrn[SETUP] != (byte) 0xEB || entry < HEADER_END || entry + 3 > setupEnd) {
      throw refuse(where, "does not start with a short jump over its header");
    }
    return new LinuxKernel(setupEnd, entry);
  }

  /** End of boot sector and setup sectors, in bytes; for historical reasons 0 sectors mean 4. */
  static int setupEnd(byte setupSects) {
    return (1 + (setupSects == 0 ? 4 : Byte.toUnsignedInt(setupSects))) * 512;
  }

  private static ZbootException refuse(String where, String what) {
    return ZbootException.settings(where, what, MEND);
  }
}
