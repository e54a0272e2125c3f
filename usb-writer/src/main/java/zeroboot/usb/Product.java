package zeroboot.usb;

/**
 * What the maker calls the device; each is empty if unknown.
 *
 * @param serial as the device itself states it
 */
public record Product(String vendor, String model, String serial) {
  /** Nothing known. */
  public static final Product UNKNOWN = new Product("", "", "");

  /** Vendor and model; the vendor once, and not the word that stands for none. */
  public String name() {
    if (vendor.isEmpty() || vendor.equals("ATA") || model.startsWith(vendor)) {
      return model;
    }
    return (vendor + " " + model).strip();
  }
}
