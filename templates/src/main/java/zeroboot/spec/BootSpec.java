package zeroboot.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * Everything that was asked for, checked: each value by its {@link SettingType}, and here what only
 * several of them together can get wrong. What is in here can go into a script as it is. Two specs
 * are equal if they make the same script.
 *
 * @param settings without those that say no more than their default
 * @param node the name of the node, where the owner gave it one
 */
public record BootSpec(Settings settings, Optional<NodeName> node) {

  /** Refuses settings that contradict each other. */
  public BootSpec {
    settings = withoutNeedlessUrls(settings.essential());
    SpecCheck.check(settings);
    if (settings.given(Setting.PROVISION_URL).isEmpty()) {
      settings = withOneWayToSayIt(settings);
    }
  }

  /** The same command line can be asked for with the defaults, and without them word by word. */
  private static Settings withOneWayToSayIt(Settings settings) {
    String line = KernelCommandLine.of(settings).text();
    boolean plain =
        settings.given(Setting.KERNEL_ARG).isEmpty()
            && settings.given(Setting.NO_DEFAULT_ARGS).isEmpty();
    return plain
        ? settings
        : settings
            .without(Setting.NO_DEFAULT_ARGS)
            .without(Setting.KERNEL_ARG)
            .and(KernelCommandLine.settingsOf(line, "kernel command line").essential());
  }

  /** The settings of a node without a name. */
  public static BootSpec of(Settings settings) {
    return new BootSpec(settings, Optional.empty());
  }

  /** The network's own kernel is what everyone gets, and a server is tried once a round. */
  private static Settings withoutNeedlessUrls(Settings settings) {
    Settings.Given given = settings.given(Setting.KERNEL_URL).orElse(null);
    if (given == null) {
      return settings;
    }
    List<String> urls = List.copyOf(new LinkedHashSet<>(given.values()));
    String usual = network(settings).kernelUrl().value();
    return urls.equals(List.of(usual))
        ? settings.without(Setting.KERNEL_URL)
        : settings.with(Setting.KERNEL_URL, urls, given.origin());
  }

  /** Whose node this will be; empty if a server tells the node. */
  public Optional<FarmId> farmId() {
    return settings.get(Setting.FARM_ID, FarmId.class);
  }

  /** Where the node gets its script from, if it is not told here what to start. */
  public Optional<ProvisionUrl> provisionUrl() {
    return settings.get(Setting.PROVISION_URL, ProvisionUrl.class);
  }

  /** The grid network that the node joins. */
  public GridNetwork network() {
    return network(settings);
  }

  private static GridNetwork network(Settings settings) {
    return settings.get(Setting.NETWORK, GridNetwork.class).orElseThrow();
  }

  /** Tried in this order; empty only with a provision URL. */
  public List<KernelUrl> kernelUrls() {
    if (provisionUrl().isPresent()) {
      return List.of();
    }
    List<KernelUrl> own = settings.all(Setting.KERNEL_URL, KernelUrl.class);
    return own.isEmpty() ? List.of(network().kernelUrl()) : own;
  }

  /** The user's own words for the kernel command line. */
  public List<KernelArgument> kernelArguments() {
    return settings.all(Setting.KERNEL_ARG, KernelArgument.class);
  }

  /** What the kernel will be told; not with a provision URL. */
  public KernelCommandLine commandLine() {
    return KernelCommandLine.of(settings);
  }

  /** The card that is used, {@code net1} or a MAC address; empty for all in turn. */
  public Optional<String> card() {
    return settings.given(Setting.INTERFACE).map(given -> given.values().get(0));
  }

  /** The address while the kernel is fetched; empty for DHCP. */
  public Optional<FixedAddress> address() {
    return settings.get(Setting.ADDRESS, FixedAddress.class);
  }

  /** The DNS servers while the kernel is fetched; empty for what DHCP says. */
  public List<Ipv4Address> dns() {
    return settings.all(Setting.DNS, Ipv4Address.class);
  }

  /** Whether Linux is told of a serial line that somebody reads. */
  public boolean hasSerialConsole() {
    return settings.values(Setting.CONSOLE).stream().anyMatch(text -> text.startsWith("ttyS"));
  }

  /** What the node does when no kernel could be started. */
  public FailureAction onFailure() {
    return settings.get(Setting.ON_FAILURE, FailureAction.class).orElseThrow();
  }

  /** The value of a numeric setting that has a default. */
  public int number(Setting setting) {
    return settings.get(setting, Integer.class).orElseThrow();
  }

  /**
   * Refuses what would let somebody else choose what a node starts, for a medium that is signed for
   * Secure Boot.
   *
   * @param isPlainHttpAllowed whether the owner takes the risk of servers without TLS
   * @throws ZbootException (settings)
   */
  public void checkSealed(boolean isPlainHttpAllowed) {
    SealedCheck.check(this, isPlainHttpAllowed);
  }

  /** What is allowed, but what the user should know about: whole sentences. */
  public List<String> warnings() {
    return SpecWarnings.of(this);
  }
}
