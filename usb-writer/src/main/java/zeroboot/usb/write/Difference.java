package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import zeroboot.usb.DeviceException;
import zeroboot.usb.source.ImageSource;

/** Says where the device differs from the image, and what that means. */
final class Difference {
  /** Bytes shown of each side. */
  private static final int SHOWN = 8;

  private static final int SKIPPED_AT_ONCE = 1 << 20;
  private static final String MEND = "do not use this stick or card; if it is new, bring it back";

  private Difference() {}

  /**
   * The error for a unit that differs.
   *
   * @param at the unit's offset
   * @param isSteady whether the device answers the same when asked again
   */
  static DeviceException describe(
      String where,
      long at,
      byte[] found,
      boolean isSteady,
      ImageSource image,
      UnitChecksums checks) {
    byte[] expected = expected(image, at, found.length);
    if (expected == null) {
      return DeviceException.io(
          where,
          String.format(
              "differs from the image somewhere in the %d bytes from %d on, which begin with %s;"
                  + " %s",
              found.length, at, hex(found, 0), meaning(found, isSteady)),
          MEND);
    }
    if (!checks.isSame(at, ByteBuffer.wrap(expected))) {
      return DeviceException.io(
          image.name(),
          "is not the same any more as when it was written, near byte " + at,
          "run the command again when nobody writes to the image");
    }
    int first = Math.max(0, Arrays.mismatch(expected, found));
    return DeviceException.io(
        where,
        String.format(
            "differs from the image at byte %d: expected %s, found %s; %s",
            at + first,
            hex(expected, first),
            hex(found, first),
            meaning(Arrays.copyOfRange(found, first, found.length), isSteady)),
        isSteady ? MEND : "try another port or cable, then another stick");
  }

  private static String hex(byte[] bytes, int from) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, from, Math.min(bytes.length, from + SHOWN));
  }

  private static String meaning(byte[] found, boolean isSteady) {
    if (!isSteady) {
      return "it reads differently each time: the port, the cable or the stick is bad";
    }
    if (isAll(found, 0x00) || isAll(found, 0xFF)) {
      return "nothing was kept there: the stick has less memory than it states, or it is worn out";
    }
    return "it keeps other bytes than it was given: the stick is bad or states a false size, or"
        + " another program wrote to it";
  }

  private static boolean isAll(byte[] bytes, int value) {
    for (byte b : bytes) {
      if (b != (byte) value) {
        return false;
      }
    }
    return true;
  }

  /** What the image has there; null if it can't be read again. */
  private static byte @Nullable [] expected(ImageSource image, long at, int length) {
    if (!image.isRepeatable()) {
      return null;
    }
    try (ReadableByteChannel channel = image.open()) {
      ByteBuffer skipped = ByteBuffer.allocate(SKIPPED_AT_ONCE);
      for (long left = at; left > 0; left -= skipped.position()) {
        skipped.clear().limit((int) Math.min(left, SKIPPED_AT_ONCE));
        if (!ChunkReader.fill(channel, skipped)) {
          return null;
        }
      }
      ByteBuffer bytes = ByteBuffer.allocate(length);
      return ChunkReader.fill(channel, bytes) ? bytes.array() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
