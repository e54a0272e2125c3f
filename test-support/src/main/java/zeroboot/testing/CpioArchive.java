package zeroboot.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the archive format of Linux RAM disks, "newc": Linux, Documentation/driver-api/
 * early-userspace/buffer-format.
 */
final class CpioArchive {
  private static final int FOLDER = 0040755;
  private static final int PROGRAM = 0100755;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int entries;

  CpioArchive folder(String name) {
    return entry(name, FOLDER, new byte[0]);
  }

  CpioArchive program(String name, byte[] content) {
    return entry(name, PROGRAM, content);
  }

  /** The whole archive, filled up with zeros to a multiple of {@code unit}. */
  byte[] bytes(int unit) {
    entry("TRAILER!!!", 0, new byte[0]);
    align(unit);
    return out.toByteArray();
  }

  private CpioArchive entry(String name, int mode, byte[] content) {
    out.writeBytes("070701".getBytes(StandardCharsets.US_ASCII)); // c_magic
    field(++entries); // c_ino
    field(mode); // c_mode
    field(0); // c_uid
    field(0); // c_gid
    field(1); // c_nlink
    field(0); // c_mtime
    field(content.length); // c_filesize
    field(0); // c_maj
    field(0); // c_min
    field(0); // c_rmaj
    field(0); // c_rmin
    field(name.length() + 1); // c_namesize
    field(0); // c_chksum
    out.writeBytes((name + "\0").getBytes(StandardCharsets.US_ASCII));
    align(4);
    out.writeBytes(content);
    align(4);
    return this;
  }

  private void field(int value) {
    out.writeBytes(String.format("%08X", value).getBytes(StandardCharsets.US_ASCII));
  }

  private void align(int unit) {
    int beyond = out.size() % unit;
    if (beyond > 0) {
      out.writeBytes(new byte[unit - beyond]);
    }
  }
}
