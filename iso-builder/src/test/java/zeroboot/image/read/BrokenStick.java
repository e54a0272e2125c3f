package zeroboot.image.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A stick without partitions, broken in one place. What it knows of FAT it reads by itself, from
 * the fields that the specification names.
 */
final class BrokenStick {
  private final byte[] bytes;
  private final ByteBuffer b;
  private final int bits;

  BrokenStick(byte[] bytes, int bits) {
    this.bytes = bytes;
    this.bits = bits;
    b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where a part begins: the boot sector, the file's directory entry, … */
  int offsetOf(String place) {
    return switch (place) {
      case "sector" -> 0;
      case "root" -> find("MINE       ", 512);
      case "file" -> find("MZ", 0);
      case "entry" -> find("BOOTX64 EFI", 0);
      case "folder" -> find("BOOT       ", 0);
      case "chain" -> link(firstCluster());
      default -> throw new IllegalArgumentException(place);
    };
  }

  private int find(String name, int from) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name, from);
  }

  private int firstCluster() {
    return b.getShort(find("BOOTX64 EFI", 0) + 26);
  }

  private int link(int cluster) {
    return b.getShort(14) * 512 + cluster * bits / 8;
  }

  /** With other bytes there; {@code SELF} makes the file's first cluster lead to itself. */
  byte[] with(String place, int offset, String hex) {
    byte[] with = bytes.clone();
    byte[] other =
        hex.equals("SELF")
            ? new byte[] {(byte) firstCluster(), (byte) (firstCluster() >> 8)}
            : HexFormat.of().parseHex(hex);
    System.arraycopy(other, 0, with, offsetOf(place) + offset, other.length);
    return with;
  }

  /** With a root directory of FAT32 that is full, and follows itself. */
  byte[] withEndlessRoot() {
    byte[] with = bytes.clone();
    int reserved = b.getShort(14);
    int root = (reserved + 2 * b.getInt(36)) * 512;
    Arrays.fill(with, root, root + 512, (byte) 0xE5);
    with[link(2)] = 2;
    with[link(2) + 1] = 0;
    with[link(2) + 2] = 0;
    with[link(2) + 3] = 0;
    return with;
  }
}
