package zeroboot.trial;

import zeroboot.spec.ZbootException;

/**
 * Why a boot with KVM goes no further.
 *
 * @param what as a clause: {@code QEMU says: KVM internal error}
 * @param certain whether KVM is to blame; else the image may be
 */
record KvmTrouble(String what, boolean certain) {
  /** In one sentence. */
  String sentence() {
    return (certain ? "KVM does not work on this computer: " : "with KVM: ") + what;
  }

  ZbootException toException() {
    return ZbootException.io(
        "--accel kvm",
        "KVM does not work on this computer (" + what + ")",
        "--accel tcg does without it");
  }
}
