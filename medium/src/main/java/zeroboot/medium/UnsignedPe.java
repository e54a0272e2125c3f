package zeroboot.medium;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeChecksum;
import zeroboot.image.pe.PeImage;

/** A PE image as it was before it was signed. */
final class UnsignedPe {
  private UnsignedPe() {}

  /** {@code file} without its certificate table; itself, if it has none. */
  static byte[] of(byte[] file) {
    PeImage image;
    try {
      image = PeImage.read("iPXE core", file);
    } catch (ZbootException e) {
      return file; // whatever it is, it has no signature
    }
    if (image.certificates().size() == 0) {
      return file;
    }
    byte[] bare = Arrays.copyOf(file, image.certificates().address());
    ByteBuffer b = ByteBuffer.wrap(bare).order(ByteOrder.LITTLE_ENDIAN);
    if (image.certificateEntry() + 8 > bare.length || image.checkSum() + 4 > bare.length) {
      return file;
    }
    b.putLong(image.certificateEntry(), 0);
    if (b.getInt(image.checkSum()) != 0) {
      b.putInt(image.checkSum(), PeChecksum.of(bare, image.checkSum()));
    }
    return bare;
  }
}
