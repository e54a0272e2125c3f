package zeroboot.image.uefi;

import java.util.List;
import java.util.zip.CRC32;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.Extent;

/**
 * What a payload holds.
 *
 * @param core the unpacked core
 * @param script the text of the script
 * @param extents what lies where in the payload
 */
record PayloadContent(byte[] core, String script, List<Extent> extents) {
  static final String CORE = "iPXE (UEFI), compressed";
  static final String SCRIPT = "script (UEFI)";

  /** The parts of a payload, by where each begins and where the core and all of it end. */
  static List<Extent> extents(int core, int coreEnd, int script, int end) {
    return List.of(
        new Extent("UEFI payload header", 0, core),
        new Extent(CORE, core, coreEnd - core),
        new Extent(SCRIPT, script, end - script));
  }

  /** Refuses a payload unless the field at {@code at} has the CRC-32 of what follows. */
  static void requireChecksum(SpecReader r, int at, int from, int end) {
    r.require(
        Integer.toUnsignedLong(crc32(r.bytes(0, end), from)) == r.le32(at),
        "is damaged: its checksum does not match");
  }

  /** The CRC that {@code EFI_BOOT_SERVICES.CalculateCrc32()} computes (section 7.5). */
  static int crc32(byte[] bytes, int from) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
