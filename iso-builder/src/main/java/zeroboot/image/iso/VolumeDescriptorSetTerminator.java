package zeroboot.image.iso;

import zeroboot.image.bytes.SpecWriter;

/** Volume descriptor set terminator (ECMA-119 section 8.3), 2048 bytes. */
final class VolumeDescriptorSetTerminator {
  static final int TYPE = 255;

  private VolumeDescriptorSetTerminator() {}

  static byte[] toBytes() {
    SpecWriter w = new SpecWriter(PrimaryVolumeDescriptor.BLOCK);
    w.at(0).u8(TYPE); // §8.3.1 volume descriptor type
    w.at(1).ascii("CD001"); // §8.3.2 standard identifier
    w.at(6).u8(1); // §8.3.3 volume descriptor version
    w.at(7).zeros(2041); // §8.3.4 reserved
    return w.endsAt(PrimaryVolumeDescriptor.BLOCK);
  }
}
