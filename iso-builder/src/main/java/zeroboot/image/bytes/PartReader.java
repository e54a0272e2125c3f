package zeroboot.image.bytes;

/** A medium that is too large to be read whole: parts of it, when they are asked for. */
@FunctionalInterface
public interface PartReader {
  /**
   * A part; shorter where the medium ends, or where no more of it may be read.
   *
   * @param offset in bytes from the start of the medium
   * @param length in bytes
   */
  byte[] read(long offset, int length);

  /** The same medium, with offsets that count from {@code base}. */
  default PartReader from(long base) {
    return (offset, length) -> read(base + offset, length);
  }

  /**
   * A part, all of it.
   *
   * @param what names it in an error
   * @throws zeroboot.ground.ZbootException (settings) if there is less
   */
  default SpecReader part(String what, long offset, int length) {
    byte[] bytes = read(offset, length);
    SpecReader r = SpecReader.of(what, bytes);
    r.require(
        bytes.length == length, "cut short: " + bytes.length + " of " + length + " bytes there");
    return r;
  }
}
