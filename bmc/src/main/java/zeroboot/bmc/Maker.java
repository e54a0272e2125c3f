package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import zeroboot.bmc.link.Fields;

/**
 * The ways of makers, in a table. Which row holds is decided by what the service says it is; what
 * is done then, by what it answers. A version number alone decides nothing.
 */
enum Maker {
  DELL("Dell", Mode.LAST, false),
  HPE("HPE", Mode.NEVER, false),
  LENOVO("Lenovo", Mode.LAST, false),
  /** Its drive shows an image long after that is gone: the connection alone tells. */
  SUPERMICRO("Supermicro", Mode.FIRST, true),
  /** Takes all three fields of the boot order, or none. */
  AMI("AMI", Mode.FIRST, false),
  OPENBMC("OpenBMC", Mode.LAST, false),
  OTHER("", Mode.LAST, false);

  /** When the field BootSourceOverrideMode is given. */
  enum Mode {
    FIRST,
    LAST,
    NEVER
  }

  private final String shown;
  private final Mode mode;
  private final boolean judgedByConnection;

  Maker(String shown, Mode mode, boolean judgedByConnection) {
    this.shown = shown;
    this.mode = mode;
    this.judgedByConnection = judgedByConnection;
  }

  /** What it calls itself, in lower case. */
  private List<String> names() {
    return switch (this) {
      case DELL -> List.of("dell", "integrated dell");
      case HPE -> List.of("hpe", "hp", "hewlett packard enterprise");
      case LENOVO -> List.of("lenovo");
      case SUPERMICRO -> List.of("supermicro");
      case AMI -> List.of("ami", "asrockrack", "american megatrends");
      case OPENBMC -> List.of("openbmc");
      case OTHER -> List.of();
    };
  }

  /** Whose service it is, by its root and its manager. */
  static Maker of(JsonObject root, JsonObject manager) {
    for (Maker each : values()) {
      if (each.names().stream().anyMatch(name -> says(root, name))) {
        return each;
      }
    }
    // bmcweb's root names nobody.
    String name = Fields.text(manager, "Name").orElse("").toLowerCase(Locale.ROOT);
    boolean isOpen =
        name.contains("openbmc")
            || Fields.object(manager, "Oem").keySet().stream()
                .anyMatch("OpenBmc"::equalsIgnoreCase);
    return isOpen ? OPENBMC : OTHER;
  }

  private static boolean says(JsonObject root, String name) {
    boolean hasOem = Fields.object(root, "Oem").keySet().stream().anyMatch(name::equalsIgnoreCase);
    String vendor = Fields.text(root, "Vendor").orElse("").toLowerCase(Locale.ROOT);
    String product = Fields.text(root, "Product").orElse("").toLowerCase(Locale.ROOT);
    boolean isVendor = vendor.equals(name) || vendor.startsWith(name + " ");
    return hasOem || isVendor || product.startsWith(name + " ");
  }

  /** For people; empty if nothing is known. */
  String shown() {
    return shown;
  }

  /** The names for "from the virtual drive", the best first. */
  List<String> targets() {
    return switch (this) {
      case SUPERMICRO -> List.of("UsbCd", "Cd");
      // The machine sees a disk, whatever the drive is called.
      case OPENBMC -> List.of("Usb", "Cd");
      case LENOVO -> List.of("Cd", "Usb");
      case DELL, HPE -> List.of("Cd");
      case AMI, OTHER -> List.of("Cd", "UsbCd", "Usb");
    };
  }

  Mode mode() {
    return mode;
  }

  boolean isJudgedByConnection() {
    return judgedByConnection;
  }
}
