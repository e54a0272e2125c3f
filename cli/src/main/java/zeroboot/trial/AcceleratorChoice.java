package zeroboot.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import zeroboot.ground.ZbootException;

/** What {@code --accel} asks for. */
public enum AcceleratorChoice {
  /** KVM where it works, else TCG. */
  AUTO,
  /** KVM or nothing. */
  KVM,
  /** TCG, whatever else is there. */
  TCG;

  /** The choice of this name. */
  public static AcceleratorChoice parse(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.id().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.usage(
                    "--accel " + text,
                    "is not an accelerator",
                    "use one of " + String.join(", ", ids())));
  }

  /** What {@code --accel} can say. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(AcceleratorChoice::id).toList();
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
