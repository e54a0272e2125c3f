package zeroboot.trial;

import zeroboot.ground.ZbootException;

/**
 * Why a boot with KVM goes no further.
 *
 * @param what as a clause: {@code QEMU says: KVM internal error}
 * @param certain whether KVM is to blame; else the image may be
 */
record KvmTrouble(String what, boolean certain) {
  /** In one sentence. */
  String sentence() {
    String verdict = certain ? "KVM does not work on this computer" : "KVM gets it no further";
    return verdict + " (" + what + ")";
  }

  /** The same, when TCG has got further. */
  KvmTrouble confirmed() {
    return new KvmTrouble(what, true);
  }

  ZbootException toException() {
    return ZbootException.io("--accel kvm", sentence(), "--accel tcg does without it");
  }
}
