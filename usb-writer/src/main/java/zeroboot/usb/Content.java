package zeroboot.usb;

/**
 * Something recognised on a disk or a partition.
 *
 * @param name {@code ext2/3/4}, {@code LUKS}, {@code Linux RAID}…
 * @param label the name that its owner gave it; empty if none
 */
public record Content(String name, String label) {
  /** Name and label in one. */
  public String shown() {
    return label.isEmpty() ? name : name + " '" + label + "'";
  }
}
