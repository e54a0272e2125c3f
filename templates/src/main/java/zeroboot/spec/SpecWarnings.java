package zeroboot.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is allowed, but what the user should know about before he walks to the rack. */
final class SpecWarnings {
  private static final String NO_SERIAL =
      "The serial console begins with Linux. What comes before goes to the screen, and to the"
          + " serial port only if the machine's firmware copies the screen there: this iPXE has no"
          + " serial console of its own.";

  private final BootSpec spec;
  private final Settings settings;

  private SpecWarnings(BootSpec spec) {
    this.spec = spec;
    settings = spec.settings();
  }

  static List<String> of(BootSpec spec) {
    SpecWarnings all = new SpecWarnings(spec);
    return Stream.of(Setting.values()).flatMap(setting -> all.about(setting).stream()).toList();
  }

  /** What is to be said of each setting: one that is not named here does not compile. */
  private List<String> about(Setting setting) {
    return switch (setting) {
      case PROVISION_URL -> provisioning();
      case KERNEL_URL -> join(kernels(), unreachable(urls()));
      case REPORT_URL -> unreachable(reports());
      case ADDRESS -> fixedAddress();
      // Zero-OS starts over: it asks every card for an address by DHCP.
      case INTERFACE ->
          given(
              setting,
              "The chosen network card is for fetching the kernel only. Zero-OS tries every card"
                  + " that is plugged in.");
      case DNS ->
          spec.address().isPresent()
              ? List.of()
              : given(
                  setting,
                  "The DNS servers are for fetching the kernel only; Zero-OS takes those of its"
                      + " DHCP.");
      case NTP ->
          given(setting, "The time server is for fetching the kernel only; Zero-OS has its own.");
      case SSH_USER ->
          spec.network() == GridNetwork.MAIN
              ? given(setting, "Zero-OS ignores the SSH user on the main network.")
              : List.of();
      case PUBLIC_VLAN ->
          given(setting, "The public VLAN works on a node with one network card only.");
      case CONSOLE ->
          join(
              spec.hasSerialConsole() ? List.of(NO_SERIAL) : List.of(),
              settings.values(setting).stream().flatMap(ZosWords::consoleObjection).toList());
      case ON_FAILURE ->
          spec.onFailure() == FailureAction.SHELL
              ? List.of(
                  "After a failure this node opens a command line to whoever stands before it.")
              : List.of();
      case FARM_ID, NETWORK, GATEWAY, VLAN -> List.of();
      case LINK_WAIT, NETWORK_ATTEMPTS, NETWORK_WAIT -> List.of();
      case KERNEL_ATTEMPTS, KERNEL_WAIT, FAILURE_WAIT -> List.of();
      case ZOS_VERSION, PUB_MAC, ZOS_DEBUG, ZOS_DEBUG_VM, DISABLE_GPU, MISSING_SSD -> List.of();
      case SUBSTRATE, RELAY, ACTIVATION, NO_DEFAULT_ARGS, KERNEL_ARG -> List.of();
    };
  }

  private List<String> given(Setting setting, String sentence) {
    return settings.given(setting).isPresent() ? List.of(sentence) : List.of();
  }

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private Stream<String> urls() {
    return Stream.concat(
        spec.kernelUrls().stream().map(KernelUrl::value),
        spec.provisionUrl().stream().map(ProvisionUrl::value));
  }

  private Stream<String> reports() {
    return settings.all(Setting.REPORT_URL, ReportUrl.class).stream().map(ReportUrl::value);
  }

  private static List<String> unreachable(Stream<String> urls) {
    return urls.flatMap(url -> ServerHost.of(url).objection(url).stream()).toList();
  }

  private List<String> provisioning() {
    return spec.provisionUrl().stream()
        .filter(url -> !url.isEncrypted())
        .map(
            url ->
                url
                    + " is plain HTTP: whoever sits between the node and that server decides what"
                    + " the node runs.")
        .toList();
  }

  private List<String> kernels() {
    return spec.kernelUrls().stream()
        .filter(url -> !url.isEncrypted())
        .map(
            url ->
                url
                    + " is plain HTTP: whoever sits between the node and that server can replace"
                    + " the kernel.")
        .toList();
  }

  private List<String> fixedAddress() {
    if (spec.address().isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    warnings.add(
        "A fixed address is for fetching the kernel only. Zero-OS starts over and needs DHCP with"
            + " a gateway all the same.");
    if (settings.given(Setting.GATEWAY).isEmpty()) {
      warnings.add("There is no gateway: the node reaches only servers in its own network.");
    }
    boolean named = Stream.concat(urls(), reports()).anyMatch(url -> ServerHost.of(url).isName());
    if (spec.dns().isEmpty() && named) {
      warnings.add(
          "There is no DNS server: with a fixed address the node cannot find a server by its name."
              + " Add --dns A.B.C.D.");
    }
    return warnings;
  }
}
