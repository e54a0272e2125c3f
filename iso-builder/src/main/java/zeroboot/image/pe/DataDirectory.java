package zeroboot.image.pe;

/**
 * Where one table of an image lies; PE format specification, "Optional Header Data Directories".
 *
 * @param address a relative virtual address; for {@link #CERTIFICATE_TABLE} a file offset
 * @param size in bytes; 0 if the image has no such table
 */
public record DataDirectory(int address, int size) {
  /** Index of the Authenticode signatures, the one table that is not loaded. */
  public static final int CERTIFICATE_TABLE = 4;

  static final int SIZE = 8;
}
