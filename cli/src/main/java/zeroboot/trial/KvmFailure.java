package zeroboot.trial;

import zeroboot.ground.ZbootException;

/**
 * Why a boot with KVM goes no further.
 *
 * @param what as a clause: {@code QEMU says: KVM internal error}
 * @param isCertain whether KVM is to blame; else the image may be
 */
record KvmFailure(String what, boolean isCertain) {
  /** In one sentence. */
  String sentence() {
    String verdict = isCertain ? "KVM does not work on this computer" : "KVM gets it no further";
    return verdict + " (" + what + ")";
  }

  /** The same, when TCG has got further. */
  KvmFailure confirmed() {
    return new KvmFailure(what, true);
  }

  ZbootException toException() {
    return ZbootException.io("--accel kvm", sentence(), "--accel tcg does without it");
  }
}
