package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import zeroboot.bmc.link.Fields;

/** By what a machine is known, whoever names it and wherever its controller is reached. */
final class MachineId {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What boards have that nobody gave one: of one digit, or of a firmware's example. */
  private static final Pattern NO_UUID =
      Pattern.compile("([0f])(\\1|-)*|03000200-0400-0500-0006-000700080009");

  private static final Pattern NO_SERIAL =
      Pattern.compile(
          "to be filled by o\\.?e\\.?m\\.?|default string|system serial number|not specified|none|"
              + "n/?a|unknown|[0.x-]*|0?123456789");

  private MachineId() {}

  /**
   * The system's UUID (schema ComputerSystem); where it has none, its serial number and the UUID of
   * its manager.
   *
   * @param managers read if they are needed
   */
  static Optional<String> of(JsonObject system, Supplier<List<Resource>> managers) {
    Optional<String> own = uuid(system);
    if (own.isPresent()) {
      return own.map(id -> "system UUID " + id);
    }
    Optional<String> serial =
        Fields.text(system, "SerialNumber")
            .map(String::strip)
            .filter(text -> !NO_SERIAL.matcher(text.toLowerCase(Locale.ROOT)).matches());
    return serial.flatMap(
        number ->
            managers.get().stream()
                .flatMap(each -> uuid(each.json()).stream())
                .findFirst()
                .map(id -> "serial number " + number + ", manager UUID " + id));
  }

  private static Optional<String> uuid(JsonObject json) {
    return Fields.text(json, "UUID")
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .filter(text -> UUID.matcher(text).matches() && !NO_UUID.matcher(text).matches());
  }
}
