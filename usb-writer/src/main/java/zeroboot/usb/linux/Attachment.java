package zeroboot.usb.linux;

import java.nio.file.Path;
import zeroboot.usb.Bus;
import zeroboot.usb.Product;

/** How a disk hangs on the machine and what its maker calls it, from where sysfs keeps that. */
final class Attachment {
  private Attachment() {}

  static Bus of(SysBlock disk) {
    if (disk.isLoop()) {
      return Bus.LOOP;
    }
    if (disk.isBelow("usb")) {
      return Bus.USB;
    }
    if (disk.isBelow("mmc")) {
      // Soldered eMMC is a fixed disk; boot areas and RPMB are hidden behind the same type.
      return disk.attribute("device/type").equals("SD") ? Bus.SD : Bus.OTHER;
    }
    if (disk.isBelow("firewire")) {
      return Bus.FIREWIRE;
    }
    if (disk.isBelow("nvme") || disk.name().startsWith("nvme")) {
      return isFabric(disk) ? Bus.NETWORK : Bus.NVME;
    }
    if (disk.isBelow("virtio")) {
      return Bus.VIRTIO;
    }
    if (disk.name().matches("(nbd|rbd)\\d+")) {
      return Bus.NETWORK;
    }
    if (disk.isBelow("scsi")) {
      return scsi(disk);
    }
    return disk.folder().toString().contains("/devices/virtual/") ? Bus.VIRTUAL : Bus.OTHER;
  }

  private static boolean isFabric(SysBlock disk) {
    String transport = disk.attribute("device/transport");
    return !transport.isEmpty() && !transport.equals("pcie");
  }

  private static Bus scsi(SysBlock disk) {
    for (Path name : disk.folder()) {
      String part = name.toString();
      if (part.matches("ata\\d+")) {
        return Bus.SATA;
      }
      if (part.matches("session\\d+")) {
        return Bus.ISCSI;
      }
      if (part.startsWith("end_device-")) {
        return Bus.SAS;
      }
    }
    return Bus.SCSI;
  }

  static Product product(SysBlock disk) {
    // A stick's USB descriptor has the serial; what it answers as a SCSI disk is often made up.
    Path usb = disk.isBelow("usb") ? disk.above("idVendor") : null;
    String vendor = disk.attribute("device/vendor");
    String model = disk.attribute("device/model");
    String serial = usb == null ? "" : SysBlock.text(usb.resolve("serial"));
    if (usb != null && model.isEmpty()) {
      vendor = SysBlock.text(usb.resolve("manufacturer"));
      model = SysBlock.text(usb.resolve("product"));
    }
    if (model.isEmpty()) {
      model = disk.attribute("device/name"); // an SD card
    }
    for (String place : new String[] {"device/serial", "serial"}) {
      serial = serial.isEmpty() ? disk.attribute(place) : serial;
    }
    if (serial.isEmpty()) {
      serial = vitalProductData(disk);
    }
    // virtio and PCI state their vendor as a number.
    return new Product(vendor.startsWith("0x") ? "" : vendor, model, serial);
  }

  /** SPC-4 §7.8.18, unit serial number page: 4 bytes of header, then text. */
  private static String vitalProductData(SysBlock disk) {
    byte[] page = SysBlock.bytes(disk.folder().resolve("device/vpd_pg80"));
    if (page.length <= 4) {
      return "";
    }
    String text = new String(page, 4, page.length - 4, java.nio.charset.StandardCharsets.US_ASCII);
    return text.replace("\0", "").strip().replaceAll("\\p{C}", "");
  }
}
