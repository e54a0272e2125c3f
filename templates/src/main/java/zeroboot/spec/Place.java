package zeroboot.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a setting goes, for both ways: what is written there is what is read back. That is among
 * the variables of a script, among the words of the kernel's command line, or in both.
 *
 * @param variables among those of the script; none for what the kernel alone is told
 * @param word on the kernel's command line, which is a variable of its own
 */
public record Place(Optional<Variables> variables, Optional<KernelWord> word) {

  /** The place of each setting: one that is not named here does not compile. */
  public static Place of(Setting setting) {
    return switch (setting) {
      case FARM_ID -> both(new Variables.Plain("farm"), "farmer_id");
      case NETWORK ->
          new Place(
              Optional.of(new Variables.Plain("grid")),
              Optional.of(new KernelWord("runmode", text -> GridNetwork.parse(text).runMode())));
      case PROVISION_URL -> variable(new Variables.Plain("provision"));
      case INTERFACE -> variable(new Variables.Chosen("card"));
      case ADDRESS -> variable(new Variables.AddressAndMask("fix_ip", "fix_mask"));
      case GATEWAY -> variable(new Variables.Plain("fix_gateway"));
      case DNS -> variable(new Variables.AddressBytes("fix_dns"));
      case VLAN -> both(new Variables.Plain("vlan_tag"), "vlan:priv");
      case NTP -> variable(new Variables.Plain("ntp_host"));
      case REPORT_URL -> variable(new Variables.Plain("report"));
      case LINK_WAIT -> variable(new Variables.Plain("link_wait"));
      case NETWORK_ATTEMPTS -> variable(new Variables.Plain("attempts"));
      case NETWORK_WAIT -> variable(new Variables.Waits("pause"));
      case KERNEL_ATTEMPTS -> variable(new Variables.Plain("rounds"));
      case KERNEL_WAIT -> variable(new Variables.Waits("wait"));
      case ON_FAILURE -> variable(new Variables.Plain("on_failure"));
      case FAILURE_WAIT -> variable(new Variables.Plain("failure_wait"));
      case KERNEL_URL -> variable(new Variables.Numbered("url"));
      case ZOS_VERSION -> word("version");
      case PUBLIC_VLAN -> word("vlan:pub");
      case PUB_MAC -> word("pub:mac");
      case ZOS_DEBUG, ZOS_DEBUG_VM, DISABLE_GPU, MISSING_SSD -> word(setting.key());
      case SSH_USER, SUBSTRATE, RELAY, ACTIVATION, CONSOLE -> word(setting.key());
      // KernelCommandLine knows what they do to the line as a whole.
      case NO_DEFAULT_ARGS, KERNEL_ARG -> new Place(Optional.empty(), Optional.empty());
    };
  }

  private static Place variable(Variables variables) {
    return new Place(Optional.of(variables), Optional.empty());
  }

  private static Place word(String key) {
    return new Place(Optional.empty(), Optional.of(new KernelWord(key, text -> text)));
  }

  private static Place both(Variables variables, String key) {
    return new Place(Optional.of(variables), word(key).word());
  }

  /** Sets the variables of a setting, where it has any. */
  public static void write(Setting setting, Settings settings, Map<String, String> variables) {
    of(setting).variables().ifPresent(place -> place.write(setting, settings, variables));
  }

  /**
   * The values of a setting that variables hold; none where they hold none.
   *
   * @throws IllegalArgumentException if they are not even of the right form
   */
  public static List<String> read(Setting setting, Map<String, String> variables) {
    return of(setting).variables().map(place -> place.read(variables)).orElse(List.of());
  }
}
