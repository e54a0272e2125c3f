package zeroboot.testing;

/** How a CD image is attached: each is another driver in the firmware. */
public enum CdBus {
  /** Parallel ATAPI of the pc machine. */
  IDE("", "ide-cd"),
  /** Serial ATAPI. */
  AHCI("ich9-ahci", "ide-cd"),
  /** USB CD drive, as remote consoles of servers present one. */
  USB("qemu-xhci", "usb-bot", "scsi-cd"),
  /** CD drive behind a virtio SCSI adapter. */
  VIRTIO_SCSI("virtio-scsi-pci", "scsi-cd");

  private final String controller;
  private final String bridge;
  private final String device;

  CdBus(String controller, String device) {
    this(controller, "", device);
  }

  CdBus(String controller, String bridge, String device) {
    this.controller = controller;
    this.bridge = bridge;
    this.device = device;
  }

  String controller() {
    return controller;
  }

  /** A device between controller and drive, or empty. */
  String bridge() {
    return bridge;
  }

  String device() {
    return device;
  }
}
