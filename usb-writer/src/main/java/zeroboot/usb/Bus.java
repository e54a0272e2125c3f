package zeroboot.usb;

/** How a disk is attached. */
public enum Bus {
  USB("USB"),
  SD("SD"),
  FIREWIRE("FireWire"),
  NVME("NVMe"),
  SATA("SATA"),
  SAS("SAS"),
  SCSI("SCSI"),
  ISCSI("iSCSI"),
  VIRTIO("virtio"),
  LOOP("loop"),
  NETWORK("network"),
  VIRTUAL("virtual"),
  OTHER("other");

  private final String shown;

  Bus(String shown) {
    this.shown = shown;
  }

  /** The name for people and programs. */
  public String shown() {
    return shown;
  }

  /** Whether what hangs there is meant to be pulled out: a stick, a card, an outside disk. */
  public boolean isPluggable() {
    return this == USB || this == SD || this == FIREWIRE;
  }
}
