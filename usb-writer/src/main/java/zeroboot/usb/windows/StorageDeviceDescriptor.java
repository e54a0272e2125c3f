package zeroboot.usb.windows;

import zeroboot.usb.Bus;
import zeroboot.usb.Product;

/**
 * STORAGE_DEVICE_DESCRIPTOR, the answer to IOCTL_STORAGE_QUERY_PROPERTY for StorageDeviceProperty.
 *
 * @param hasRemovableMedia whether the medium can be taken out of the device
 * @param busType STORAGE_BUS_TYPE
 */
record StorageDeviceDescriptor(
    boolean hasRemovableMedia,
    String vendorId,
    String productId,
    String serialNumber,
    long busType) {
  /** STORAGE_PROPERTY_QUERY: StorageDeviceProperty, PropertyStandardQuery. */
  static final byte[] QUERY = new byte[12];

  /** Enough for the texts of any device. */
  static final int SIZE = 1024;

  /** A virtual disk of Storage Spaces. */
  static final int BUS_TYPE_SPACES = 16;

  static StorageDeviceDescriptor parse(byte[] bytes) {
    Structure s = new Structure(bytes);
    return new StorageDeviceDescriptor(
        s.u8(10) != 0, // RemovableMedia
        s.text(s.u32(12)), // VendorIdOffset
        s.text(s.u32(16)), // ProductIdOffset
        s.text(s.u32(24)), // SerialNumberOffset
        s.u32(28)); // BusType
  }

  Product product() {
    return new Product(vendorId, productId, serialNumber);
  }

  Bus bus() {
    return switch ((int) busType) {
      case 1, 5, 6 -> Bus.SCSI; // BusTypeScsi, BusTypeSsa, BusTypeFibre
      case 3, 11 -> Bus.SATA; // BusTypeAta, BusTypeSata
      case 4 -> Bus.FIREWIRE; // BusType1394
      case 7 -> Bus.USB; // BusTypeUsb
      case 9 -> Bus.ISCSI; // BusTypeiScsi
      case 10 -> Bus.SAS; // BusTypeSas
      case 12 -> Bus.SD; // BusTypeSd
      case 14, 15, BUS_TYPE_SPACES -> Bus.VIRTUAL; // BusTypeVirtual, BusTypeFileBackedVirtual
      case 17 -> Bus.NVME; // BusTypeNvme
      default -> Bus.OTHER; // BusTypeMmc (13) is soldered
    };
  }
}
