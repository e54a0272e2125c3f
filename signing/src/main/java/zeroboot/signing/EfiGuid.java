package zeroboot.signing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A 128-bit name (UEFI specification 2.10, appendix A). The first three of its parts are stored
 * with the least significant byte first.
 *
 * @param value as it is written in text
 */
record EfiGuid(UUID value) {
  static final int SIZE = 16;

  /** EFI_GLOBAL_VARIABLE (section 3.3). */
  static final EfiGuid GLOBAL_VARIABLE = of("8be4df61-93ca-11d2-aa0d-00e098032b8c");

  /** EFI_IMAGE_SECURITY_DATABASE_GUID (section 32.6.1). */
  static final EfiGuid IMAGE_SECURITY_DATABASE = of("d719b2cb-3d3a-4596-a3bc-dad00e67656f");

  /** EFI_CERT_X509_GUID (section 32.4.1). */
  static final EfiGuid CERT_X509 = of("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");

  /** EFI_CERT_SHA256_GUID (section 32.4.1). */
  static final EfiGuid CERT_SHA256 = of("c1c41626-504c-4092-aca9-41f936934328");

  /** EFI_CERT_TYPE_PKCS7_GUID (section 8.2.2). */
  static final EfiGuid CERT_TYPE_PKCS7 = of("4aafd29d-68df-49ee-8aa9-347d375665a7");

  /** Version and variant of a UUID whose content is of one's own (RFC 9562, section 5.8). */
  private static final long VERSION_8 = 0x8000L;

  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private static EfiGuid of(String text) {
    return new EfiGuid(UUID.fromString(text));
  }

  /** A name that follows from {@code content}: its SHA-256 with the bits of version 8. */
  static EfiGuid derivedFrom(byte[] content) {
    ByteBuffer digest = ByteBuffer.wrap(Fingerprint.of(content));
    long high = (digest.getLong() & ~0xF000L) | VERSION_8;
    long low = (digest.getLong() & ~0xC000_0000_0000_0000L) | VARIANT;
    return new EfiGuid(new UUID(high, low));
  }

  static EfiGuid read(byte[] bytes, int offset) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long high = Integer.toUnsignedLong(b.getInt(offset)) << 32;
    high |= Short.toUnsignedLong(b.getShort(offset + 4)) << 16;
    high |= Short.toUnsignedLong(b.getShort(offset + 6));
    return new EfiGuid(new UUID(high, b.order(ByteOrder.BIG_ENDIAN).getLong(offset + 8)));
  }

  byte[] toBytes() {
    long high = value.getMostSignificantBits();
    return ByteBuffer.allocate(SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> 32))
        .putShort((short) (high >>> 16))
        .putShort((short) high)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
