package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/** What all volume descriptors begin with (ECMA-119 section 8.1). */
final class VolumeDescriptor {
  /** Bytes that {@link #begin} writes. */
  static final int HEAD = 7;

  private static final int TYPE = 0;
  private static final int IDENTIFIER = 1;
  private static final int VERSION = 6;
  private static final String STANDARD = "CD001";

  private VolumeDescriptor() {}

  /** Volume descriptor type, standard identifier, volume descriptor version. */
  static void begin(SpecWriter w, int type) {
    w.at(TYPE).u8(type);
    w.at(IDENTIFIER).ascii(STANDARD);
    w.at(VERSION).u8(1);
  }

  /** Whether a block is a volume descriptor. */
  static boolean isOne(SpecReader block) {
    return block.text(IDENTIFIER, STANDARD.length()).equals(STANDARD);
  }

  static int type(SpecReader descriptor) {
    return descriptor.u8(TYPE);
  }
}
