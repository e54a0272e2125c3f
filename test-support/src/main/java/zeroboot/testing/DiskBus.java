package zeroboot.testing;

/** How a disk image is attached: each is another driver in the firmware. */
public enum DiskBus {
  /** Parallel ATA of the pc machine. */
  IDE("", "ide-hd"),
  /** Serial ATA. */
  AHCI("ich9-ahci", "ide-hd"),
  /** USB 3 stick. */
  XHCI("qemu-xhci", "usb-storage"),
  /** USB 2 stick. */
  EHCI("usb-ehci", "usb-storage"),
  /** Virtio block device. */
  VIRTIO("", "virtio-blk-pci"),
  /** NVMe. */
  NVME("", "nvme,serial=zboot"),
  /** Disk behind a virtio SCSI adapter. */
  VIRTIO_SCSI("virtio-scsi-pci", "scsi-hd");

  private final String controller;
  private final String device;

  DiskBus(String controller, String device) {
    this.controller = controller;
    this.device = device;
  }

  String controller() {
    return controller;
  }

  String device() {
    return device;
  }
}
