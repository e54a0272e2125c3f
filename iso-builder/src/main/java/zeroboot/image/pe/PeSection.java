package zeroboot.image.pe;

/**
 * What one section of an image to be written holds.
 *
 * @param name at most 8 ASCII characters
 * @param bytes its content; not to be changed
 * @param characteristics flags of {@link SectionHeader}
 */
public record PeSection(String name, byte[] bytes, int characteristics) {}
