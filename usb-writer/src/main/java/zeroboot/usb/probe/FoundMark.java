package zeroboot.usb.probe;

/**
 * A recognised structure and the bytes that make it recognisable.
 *
 * @param name of the format
 * @param label empty if it has none
 * @param offset in bytes from the start of the disk
 * @param length in bytes
 */
public record FoundMark(String name, String label, long offset, int length) {}
