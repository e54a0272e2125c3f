package zeroboot.bmc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which computer behind a service is meant, where it has several.
 *
 * @param system its id
 * @param manager id of the manager whose drives are the computer's, where the service does not say
 */
public record Which(Optional<String> system, Optional<String> manager) {
  /** The only one. */
  public static final Which ONLY = new Which(Optional.empty(), Optional.empty());

  /** The one of this id. */
  public static Which system(String id) {
    return new Which(Optional.of(id), Optional.empty());
  }

  /** Another system, if one is named. */
  public Which orSystem(@Nullable String id) {
    return id == null ? this : new Which(Optional.of(id), manager);
  }
}
