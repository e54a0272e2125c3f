package zeroboot.cli.look;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import zeroboot.spec.TargetFirmware;
import zeroboot.trial.Accelerator;
import zeroboot.trial.Milestone;
import zeroboot.trial.Outcome;

/**
 * How one firmware's trial went, in words.
 *
 * @param vlan the tag that the image's network has to carry
 */
record TryResult(TargetFirmware firmware, Milestone goal, Optional<String> vlan, Outcome outcome) {
  /** {@code in BIOS mode it reaches the kernel (6.1 s): farm ID 4242 …}. */
  String sentence() {
    String time = String.format(Locale.ROOT, " (%.1f s)", outcome.seconds());
    if (!outcome.isGood()) {
      return failure() + time;
    }
    List<String> seen =
        List.of(Milestone.BANNER, Milestone.ADDRESS, Milestone.KERNEL).stream()
            .filter(outcome.details()::containsKey)
            .map(stage -> prefix(stage) + outcome.details().get(stage))
            .toList();
    return mode() + "it reaches the " + goal.shown() + time + ": " + String.join(", ", seen);
  }

  private static String prefix(Milestone stage) {
    return stage == Milestone.BANNER ? "" : stage.shown() + " ";
  }

  private String mode() {
    return "in " + firmware.name() + " mode ";
  }

  /** What is wrong. */
  String failure() {
    String how =
        switch (outcome.reached()) {
          case POWER -> "nothing appears on the screen: ";
          case FIRMWARE -> "the firmware starts, but no loader: ";
          case LOADER -> "the loader starts, but no iPXE: ";
          case IPXE -> "iPXE starts, but the script shows no farm ID: ";
          case BANNER -> goal == Milestone.BANNER ? "" : "the script starts, but gets no address: ";
          case ADDRESS -> "it gets an address, but no kernel: ";
          case KERNEL -> "";
        };
    String url = outcome.reached() == Milestone.ADDRESS ? outcome.url() : "";
    return mode() + how + outcome.failure().orElse("") + (url.isEmpty() ? "" : " (" + url + ")");
  }

  /** What to do about it. */
  String mend() {
    if (outcome.accelerator() == Accelerator.KVM
        && outcome.reached().compareTo(Milestone.BANNER) < 0) {
      return "if it gets further with --accel tcg, KVM does not work on this computer";
    }
    String slow = "a slow computer needs a longer --timeout";
    return switch (outcome.reached()) {
      case POWER -> "try --screen; " + slow;
      case FIRMWARE, LOADER, IPXE -> "look with --screen; zboot inspect shows what the image holds";
      case BANNER ->
          vlan.map(
                  tag ->
                      "the image is for VLAN "
                          + tag
                          + ", and QEMU's network has none: --until banner is as far as it can be"
                          + " tried here")
              .orElse("look with --screen; " + slow);
      case ADDRESS, KERNEL ->
          "can this computer fetch that URL? --until address tries the image without it";
    };
  }
}
