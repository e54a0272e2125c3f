package zeroboot.image.uefi;

import java.util.Arrays;
import zeroboot.core.TrustRoot;

/**
 * The bytes of a core that lie in the payload's header instead of its stream: the fingerprint of
 * iPXE's root certificate, or of that which took its place in the core that zboot carries. They are
 * all that zboot changes in that one, so one stream serves for any root. Of another core whose root
 * was replaced, or was never iPXE's, they are the first bytes, and the root is in the stream.
 *
 * @param at their place in the unpacked core
 * @param bytes so many as a SHA-256 has; not to be changed
 */
record RootField(int at, byte[] bytes) {
  /** How many there are. */
  static final int SIZE = TrustRoot.BYTES;

  /** Refuses another number of bytes, and a place before the core. */
  RootField {
    if (bytes.length != SIZE || at < 0) {
      throw new IllegalArgumentException(bytes.length + " bytes at " + at);
    }
  }

  /** Those of a core. */
  static RootField of(byte[] efi) {
    return at(TrustRoot.at(efi).orElse(0), efi);
  }

  /** The bytes that a core has at this place. */
  static RootField at(int at, byte[] efi) {
    return new RootField(at, Arrays.copyOfRange(efi, at, at + SIZE));
  }

  /** Whether two cores are the same but for these bytes. */
  boolean isAllThatDiffers(byte[] one, byte[] other) {
    return TrustRoot.isAllThatDiffers(at, one, other);
  }

  /** A core as the stream has it. */
  byte[] clear(byte[] efi) {
    return put(efi, new byte[SIZE]);
  }

  /** The core that the stream has without them. */
  byte[] restore(byte[] cleared) {
    return put(cleared, bytes);
  }

  private byte[] put(byte[] efi, byte[] field) {
    byte[] result = efi.clone();
    System.arraycopy(field, 0, result, at, SIZE);
    return result;
  }
}
