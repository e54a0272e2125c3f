package zeroboot.trial;

import java.util.Locale;

/** What runs the instructions of a virtual machine. */
public enum Accelerator {
  /** The processor itself, by way of Linux's {@code /dev/kvm}. */
  KVM,
  /** QEMU's translator (Tiny Code Generator): slower, and there on every machine. */
  TCG;

  /** As QEMU and JSON call it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
