package zeroboot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting of a node, in one table: the options of the command line, the keys of a profile,
 * its JSON Schema and the lists that people read are all made from it. What a setting does is in
 * {@link BootSpec} and in the boot script.
 */
public enum Setting {
  /** {@link FarmId}. */
  FARM_ID(
      "farm-id",
      "N",
      Group.NODE,
      SettingType.number(1, 0xFFFF_FFFFL, text -> FarmId.parse(text).toString()),
      "The farm that the node joins, 1 to 4294967295."),
  /** {@link GridNetwork}. */
  NETWORK(
      "network",
      "NAME",
      Group.NODE,
      SettingType.choice(
          Arrays.stream(GridNetwork.values()).map(GridNetwork::shown).toList(),
          text -> GridNetwork.parse(text).shown()),
      "Grid network: main, test, qa or dev.",
      "main"),
  /** {@link ProvisionUrl}. */
  PROVISION_URL(
      "provision-url",
      "URL",
      Group.NODE,
      SettingType.text(text -> ProvisionUrl.parse(text).value()),
      "Fetch a script for each node from URL/MAC at boot; the image then holds no farm ID."),

  /** {@code auto}, {@code net0}… or a {@link MacAddress}. */
  INTERFACE(
      "interface",
      "auto|netN|MAC",
      Group.DOWNLOAD,
      SettingType.text(NicChoice::canonical),
      "The network card that fetches the kernel; auto tries all.",
      "auto"),
  /** {@code dhcp} or a {@link FixedAddress}. */
  ADDRESS(
      "address",
      "dhcp|A.B.C.D/NN",
      Group.DOWNLOAD,
      SettingType.text(text -> text.equals("dhcp") ? text : FixedAddress.parse(text).toString()),
      "The address for fetching the kernel: from DHCP, or this one.",
      "dhcp"),
  /** {@link Ipv4Address}. */
  GATEWAY(
      "gateway",
      "A.B.C.D",
      Group.DOWNLOAD,
      SettingType.text(text -> Ipv4Address.parse("gateway", text).toString()),
      "The router, for a fixed address."),
  /** {@link Ipv4Address}. */
  DNS(
      "dns",
      "A.B.C.D",
      Group.DOWNLOAD,
      SettingType.text(text -> Ipv4Address.parse("DNS server", text).toString()),
      "A DNS server for fetching the kernel; may be repeated.",
      Many.YES),
  /** 802.1Q tag. */
  VLAN(
      "vlan",
      "TAG",
      Group.DOWNLOAD,
      SettingType.number("VLAN", 1, 4094),
      "The VLAN of the node's management network, 1 to 4094: for fetching the kernel and for"
          + " Zero-OS."),
  /** Host name or address. */
  NTP(
      "ntp",
      "HOST",
      Group.DOWNLOAD,
      SettingType.text(text -> HostName.canonical("NTP server", text)),
      "The time server, where the iPXE core can set the clock."),
  /** Seconds. */
  LINK_WAIT(
      "link-wait",
      "SECONDS",
      Group.PATIENCE,
      SettingType.number("link wait", 1, 600),
      "How long to wait for a card's link.",
      "8"),
  /** Rounds over all cards. */
  NETWORK_ATTEMPTS(
      "network-attempts",
      "N",
      Group.PATIENCE,
      SettingType.number("network attempts", 1, 20),
      "How often to go through all cards.",
      "4"),
  /** Seconds. */
  NETWORK_WAIT(
      "network-wait",
      "SECONDS",
      Group.PATIENCE,
      SettingType.number("network wait", 1, 600),
      "The first wait between two such rounds; later ones are 3 and 6 times as long.",
      "5"),
  /** Rounds over all servers. */
  KERNEL_ATTEMPTS(
      "kernel-attempts",
      "N",
      Group.PATIENCE,
      SettingType.number("kernel attempts", 1, 20),
      "How often to go through all kernel servers.",
      "3"),
  /** Seconds. */
  KERNEL_WAIT(
      "kernel-wait",
      "SECONDS",
      Group.PATIENCE,
      SettingType.number("kernel wait", 1, 600),
      "The first wait between two such rounds; later ones are 3 and 6 times as long.",
      "2"),
  /** {@link FailureAction}. */
  ON_FAILURE(
      "on-failure",
      "ACTION",
      Group.PATIENCE,
      SettingType.choice(
          Arrays.stream(FailureAction.values()).map(FailureAction::shown).toList(),
          text -> FailureAction.parse(text).shown()),
      "If no kernel starts: reboot, shell or poweroff.",
      "reboot"),
  /** Seconds. */
  FAILURE_WAIT(
      "failure-wait",
      "SECONDS",
      Group.PATIENCE,
      SettingType.number("failure wait", 1, 3600),
      "How long the reason stays on the screen before that.",
      "30"),

  /** {@link KernelUrl}. */
  KERNEL_URL(
      "kernel-url",
      "URL",
      Group.ZERO_OS,
      SettingType.text(text -> KernelUrl.parse(text).value()),
      "Fetch the kernel here; more are tried in turn.",
      Many.YES),
  /** Kernel parameter {@code version}. */
  ZOS_VERSION(
      "zos-version",
      "VERSION",
      Group.ZERO_OS,
      SettingType.choice("Zero-OS version", "v3", "v3light", "v4"),
      "The Zero-OS version: v3, v3light or v4. It has to fit the kernel.",
      "v3"),
  /** Kernel parameter {@code vlan:pub}. */
  PUBLIC_VLAN(
      "public-vlan",
      "TAG",
      Group.ZERO_OS,
      SettingType.number("public VLAN", 1, 4094),
      "The VLAN of Zero-OS's public network, 1 to 4094, on a node with one network card."),
  /** Kernel parameter {@code pub:mac}. */
  PUB_MAC(
      "pub-mac",
      "random|swap",
      Group.ZERO_OS,
      SettingType.choice("public MAC", "random", "swap"),
      "The MAC address of the public network: random, or the card's own."),
  /** Kernel parameter {@code zos-debug}. */
  ZOS_DEBUG(
      "zos-debug",
      "",
      Group.ZERO_OS,
      SettingType.flag("zos-debug"),
      "Zero-OS tells more of what it does."),
  /** Kernel parameter {@code zos-debug-vm}. */
  ZOS_DEBUG_VM(
      "zos-debug-vm",
      "",
      Group.ZERO_OS,
      SettingType.flag("zos-debug-vm"),
      "The same for its virtual machines."),
  /** Kernel parameter {@code disable-gpu}. */
  DISABLE_GPU(
      "disable-gpu",
      "",
      Group.ZERO_OS,
      SettingType.flag("disable-gpu"),
      "The node's graphics card is not offered for rent."),
  /** Kernel parameter {@code missing-ssd}. */
  MISSING_SSD(
      "missing-ssd",
      "",
      Group.ZERO_OS,
      SettingType.flag("missing-ssd"),
      "The node has hard disks only."),
  /** Kernel parameter {@code ssh-user}. */
  SSH_USER(
      "ssh-user",
      "USER",
      Group.ZERO_OS,
      SettingType.text(ZosWords::sshUser),
      "The GitHub user who may log in; not on the main network."),
  /** Kernel parameter {@code substrate}. */
  SUBSTRATE(
      "substrate",
      "URL",
      Group.ZERO_OS,
      SettingType.text(text -> ZosWords.serviceUrl("substrate", text)),
      "Another TFChain server; may be repeated.",
      Many.YES),
  /** Kernel parameter {@code relay}. */
  RELAY(
      "relay",
      "URL",
      Group.ZERO_OS,
      SettingType.text(text -> ZosWords.serviceUrl("relay", text)),
      "Another message relay; may be repeated.",
      Many.YES),
  /** Kernel parameter {@code activation}. */
  ACTIVATION(
      "activation",
      "URL",
      Group.ZERO_OS,
      SettingType.text(text -> ZosWords.serviceUrl("activation", text)),
      "Another activation service; may be repeated.",
      Many.YES),
  /** Kernel parameter {@code console}. */
  CONSOLE(
      "console",
      "ttyS0,115200n8",
      Group.ZERO_OS,
      SettingType.text(ZosWords::console),
      "A console of Linux, such as a serial port; may be repeated.",
      Many.YES),
  /** Leaves out {@code nomodeset panic=7200}. */
  NO_DEFAULT_ARGS(
      "no-default-args",
      "",
      Group.ZERO_OS,
      SettingType.flag("no-default-args"),
      "Leave out the kernel arguments nomodeset and panic=7200."),
  /** {@link KernelArgument}. */
  KERNEL_ARG(
      "kernel-arg",
      "WORD",
      Group.ZERO_OS,
      SettingType.text(text -> KernelArgument.parse(text).word()),
      "A further word for the kernel command line; may be repeated.",
      Many.YES);

  /** What belongs together in lists for people. */
  public enum Group {
    /** Whose node it is. */
    NODE("Whose node"),
    /** How iPXE gets the kernel. Zero-OS starts over after that. */
    DOWNLOAD("Network, while the kernel is fetched"),
    /** Retries and waits. */
    PATIENCE("Retries and waits"),
    /** What the kernel is told. */
    ZERO_OS("Zero-OS");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** A heading. */
    public String title() {
      return title;
    }
  }

  private enum Many {
    YES
  }

  private final String key;
  private final String placeholder;
  private final Group group;

  // Immutable, but the checker cannot see that of a list and a function.
  @SuppressWarnings("ImmutableEnumChecker")
  private final SettingType type;

  private final String description;
  private final Optional<String> otherwise;
  private final boolean repeatable;

  Setting(String key, String placeholder, Group group, SettingType type, String description) {
    this(key, placeholder, group, type, description, Optional.empty(), false);
  }

  Setting(
      String key,
      String placeholder,
      Group group,
      SettingType type,
      String description,
      String otherwise) {
    this(key, placeholder, group, type, description, Optional.of(otherwise), false);
  }

  Setting(
      String key,
      String placeholder,
      Group group,
      SettingType type,
      String description,
      Many many) {
    this(key, placeholder, group, type, description, Optional.empty(), many == Many.YES);
  }

  Setting(
      String key,
      String placeholder,
      Group group,
      SettingType type,
      String description,
      Optional<String> otherwise,
      boolean repeatable) {
    this.key = key;
    this.placeholder = placeholder;
    this.group = group;
    this.type = type;
    this.description = description;
    this.otherwise = otherwise;
    this.repeatable = repeatable;
  }

  /** The setting of this key, if there is one. */
  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** All keys, in the order of the table. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).collect(Collectors.toList());
  }

  /** The name in a profile. */
  public String key() {
    return key;
  }

  /** The name on the command line. */
  public String option() {
    return "--" + key;
  }

  /** What stands for the value in a list of options; empty for a flag. */
  public String placeholder() {
    return placeholder;
  }

  /** Where it belongs. */
  public Group group() {
    return group;
  }

  /** What it may be. */
  public SettingType type() {
    return type;
  }

  /** One sentence. */
  public String description() {
    return description;
  }

  /** The value where nobody gives one, if there is such a value. */
  public Optional<String> otherwise() {
    return otherwise;
  }

  /** Whether it may be given several times. */
  public boolean repeatable() {
    return repeatable;
  }
}
