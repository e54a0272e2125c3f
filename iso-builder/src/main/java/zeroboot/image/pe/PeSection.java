package zeroboot.image.pe;

/**
 * What one section of an image to be written holds.
 *
 * @param name at most 8 ASCII characters
 * @param bytes its content in the file; not to be changed
 * @param size in memory, in bytes; what goes beyond the content are zeros
 * @param characteristics flags of {@link SectionHeader}
 */
public record PeSection(String name, byte[] bytes, int size, int characteristics) {
  /** A section with all of its content in the file. */
  public PeSection(String name, byte[] bytes, int characteristics) {
    this(name, bytes, bytes.length, characteristics);
  }

  /** A section for data that begin as zeros and take nothing in the file. */
  public static PeSection zeros(String name, int size) {
    return new PeSection(
        name,
        new byte[0],
        size,
        SectionHeader.UNINITIALIZED_DATA | SectionHeader.READ | SectionHeader.WRITE);
  }
}
