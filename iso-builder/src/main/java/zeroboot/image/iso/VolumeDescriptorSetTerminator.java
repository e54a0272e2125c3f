package zeroboot.image.iso;

import zeroboot.image.bytes.SpecWriter;

/** Volume descriptor set terminator (ECMA-119 section 8.3), 2048 bytes. */
final class VolumeDescriptorSetTerminator {
  static final int TYPE = 255;

  private VolumeDescriptorSetTerminator() {}

  static byte[] toBytes() {
    SpecWriter w = new SpecWriter(PrimaryVolumeDescriptor.BLOCK);
    VolumeDescriptor.begin(w, TYPE); // §8.3.1 to §8.3.3
    w.at(VolumeDescriptor.HEAD).zeros(2041); // §8.3.4 reserved
    return w.endsAt(PrimaryVolumeDescriptor.BLOCK);
  }
}
