package zeroboot.image.plan;

/**
 * A named run of bytes in an image.
 *
 * @param name what lies there, for people ({@code "UEFI file"}) and for error messages
 * @param offset first byte, from the start of the image
 * @param length in bytes
 */
public record Extent(String name, long offset, long length) {
  /** Refuses a negative offset or length. */
  public Extent {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(name + ": offset " + offset + ", length " + length);
    }
  }

  /** The same bytes, seen from further outside: from where {@code base} counts. */
  public Extent within(Extent base) {
    return new Extent(name, base.offset + offset, length);
  }

  /** The first byte after this extent. */
  public long end() {
    return offset + length;
  }

  /** Whether {@code other} lies completely inside this extent. */
  public boolean contains(Extent other) {
    return offset <= other.offset && other.end() <= end();
  }
}
