package zeroboot.testing.bmc;

import java.util.List;

/**
 * What a maker takes for the boot override.
 *
 * @param targets that are allowed
 * @param showsTargets whether it says which
 * @param mode whether the mode may or has to be given
 * @param resets that are allowed
 * @param resetInfo whether they stand in a resource of their own
 */
record SimBootRules(
    List<String> targets, boolean showsTargets, Mode mode, List<String> resets, boolean resetInfo) {
  /** Of the field BootSourceOverrideMode. */
  enum Mode {
    REFUSED,
    ALLOWED,
    REQUIRED
  }

  static final List<String> RESETS =
      List.of("On", "ForceOff", "ForceRestart", "GracefulShutdown", "Nmi", "PushPowerButton");
}
