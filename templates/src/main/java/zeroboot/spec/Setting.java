package zeroboot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting of a node, in one table: the options of the command line, the keys of a profile,
 * its JSON Schema and the lists that people read are all made from it. Where a setting goes is its
 * {@link Place}.
 */
public enum Setting {
  /** {@link FarmId}. */
  FARM_ID(
      SettingRow.of(
              "farm-id",
              "N",
              Group.NODE,
              SettingType.number(1, 0xFFFF_FFFFL, FarmId.class, FarmId::parse),
              "The farm that the node joins, 1 to 4294967295.")
          .asked("Farm ID")),
  /** {@link GridNetwork}. */
  NETWORK(
      SettingRow.of(
              "network",
              "NAME",
              Group.NODE,
              SettingType.choice(
                  GridNetwork.class,
                  List.of(GridNetwork.values()),
                  GridNetwork::parse,
                  GridNetwork::shown),
              "Grid network: main, test, qa or dev.")
          .otherwise("main")
          .asked("Grid network: main, test, qa or dev")),
  /** {@link ProvisionUrl}. */
  PROVISION_URL(
      SettingRow.of(
          "provision-url",
          "URL",
          Group.NODE,
          SettingType.text(ProvisionUrl.class, ProvisionUrl::parse),
          "Fetch a script for each node from URL/MAC at boot; the image then holds no farm ID.")),

  /** {@code auto}, {@code net0}… or a {@link MacAddress}. */
  INTERFACE(
      SettingRow.of(
              "interface",
              "auto|netN|MAC",
              Group.DOWNLOAD,
              SettingType.text(NicChoice::canonical)
                  .offering("auto", "net0", "net1", "net2", "net3"),
              "The network card that fetches the kernel; auto tries all.")
          .otherwise("auto")
          .asked("Network card: auto, net0, net1... or a MAC address")),
  /** {@code dhcp} or a {@link FixedAddress}. */
  ADDRESS(
      SettingRow.of(
              "address",
              "dhcp|A.B.C.D/NN",
              Group.DOWNLOAD,
              SettingType.text(FixedAddress.class, FixedAddress::parse).orWord("dhcp"),
              "The address for fetching the kernel: from DHCP, or this one.")
          .otherwise("dhcp")
          .asked("Address: dhcp, or one like 192.0.2.10/24")),
  /** {@link Ipv4Address}. */
  GATEWAY(
      SettingRow.of(
              "gateway",
              "A.B.C.D",
              Group.DOWNLOAD,
              SettingType.text(Ipv4Address.class, text -> Ipv4Address.parse("gateway", text)),
              "The router, for a fixed address.")
          .asked("Gateway (the router)")),
  /** {@link Ipv4Address}. */
  DNS(
      SettingRow.of(
              "dns",
              "A.B.C.D",
              Group.DOWNLOAD,
              SettingType.text(Ipv4Address.class, text -> Ipv4Address.parse("DNS server", text)),
              "A DNS server for fetching the kernel; may be repeated.")
          .many()
          .asked("DNS server")),
  /** 802.1Q tag. */
  VLAN(
      SettingRow.of(
              "vlan",
              "TAG",
              Group.DOWNLOAD,
              SettingType.number("VLAN", 1, 4094),
              "The VLAN of the node's management network, 1 to 4094: for fetching the kernel and"
                  + " for Zero-OS.")
          .asked("VLAN, 1 to 4094")),
  /** Host name or address. */
  NTP(
      SettingRow.of(
          "ntp",
          "HOST",
          Group.DOWNLOAD,
          SettingType.text(text -> HostName.canonical("NTP server", text)),
          "The time server, where the iPXE core can set the clock.")),
  /** {@link ReportUrl}. */
  REPORT_URL(
      SettingRow.of(
          "report-url",
          "URL",
          Group.DOWNLOAD,
          SettingType.text(ReportUrl.class, ReportUrl::parse),
          "Tell this server how far the node is; it takes two seconds at most each time.")),
  /** Seconds. */
  LINK_WAIT(
      SettingRow.of(
              "link-wait",
              "SECONDS",
              Group.PATIENCE,
              SettingType.number("link wait", 1, 600),
              "How long to wait for a card's link.")
          .otherwise("8")),
  /** Rounds over all cards. */
  NETWORK_ATTEMPTS(
      SettingRow.of(
              "network-attempts",
              "N",
              Group.PATIENCE,
              SettingType.number("network attempts", 1, 20),
              "How often to go through all cards.")
          .otherwise("4")),
  /** Seconds. */
  NETWORK_WAIT(
      SettingRow.of(
              "network-wait",
              "SECONDS",
              Group.PATIENCE,
              SettingType.number("network wait", 1, 600),
              "The first wait between two such rounds; later ones are 3 and 6 times as long.")
          .otherwise("5")),
  /** Rounds over all servers. */
  KERNEL_ATTEMPTS(
      SettingRow.of(
              "kernel-attempts",
              "N",
              Group.PATIENCE,
              SettingType.number("kernel attempts", 1, 20),
              "How often to go through all kernel servers.")
          .otherwise("3")),
  /** Seconds. */
  KERNEL_WAIT(
      SettingRow.of(
              "kernel-wait",
              "SECONDS",
              Group.PATIENCE,
              SettingType.number("kernel wait", 1, 600),
              "The first wait between two such rounds; later ones are 3 and 6 times as long.")
          .otherwise("2")),
  /** {@link FailureAction}. */
  ON_FAILURE(
      SettingRow.of(
              "on-failure",
              "ACTION",
              Group.PATIENCE,
              SettingType.choice(
                  FailureAction.class,
                  List.of(FailureAction.values()),
                  FailureAction::parse,
                  FailureAction::shown),
              "If no kernel starts: reboot, shell or poweroff.")
          .otherwise("reboot")),
  /** Seconds. */
  FAILURE_WAIT(
      SettingRow.of(
              "failure-wait",
              "SECONDS",
              Group.PATIENCE,
              SettingType.number("failure wait", 1, 3600),
              "How long the reason stays on the screen before that.")
          .otherwise("30")),

  /** {@link KernelUrl}. */
  KERNEL_URL(
      SettingRow.of(
              "kernel-url",
              "URL",
              Group.ZERO_OS,
              SettingType.text(KernelUrl.class, KernelUrl::parse),
              "Fetch the kernel here; more are tried in turn.")
          .many()),
  /** Kernel parameter {@code version}. */
  ZOS_VERSION(
      SettingRow.of(
              "zos-version",
              "VERSION",
              Group.ZERO_OS,
              SettingType.choice("Zero-OS version", "v3", "v3light", "v4"),
              "The Zero-OS version: v3, v3light or v4. It has to fit the kernel.")
          .otherwise("v3")),
  /** Kernel parameter {@code vlan:pub}. */
  PUBLIC_VLAN(
      SettingRow.of(
          "public-vlan",
          "TAG",
          Group.ZERO_OS,
          SettingType.number("public VLAN", 1, 4094),
          "The VLAN of Zero-OS's public network, 1 to 4094, on a node with one network card.")),
  /** Kernel parameter {@code pub:mac}. */
  PUB_MAC(
      SettingRow.of(
          "pub-mac",
          "random|swap",
          Group.ZERO_OS,
          SettingType.choice("public MAC", "random", "swap"),
          "The MAC address of the public network: random, or the card's own.")),
  /** Kernel parameter {@code zos-debug}. */
  ZOS_DEBUG(
      SettingRow.of(
          "zos-debug",
          "",
          Group.ZERO_OS,
          SettingType.flag("zos-debug"),
          "Zero-OS tells more of what it does.")),
  /** Kernel parameter {@code zos-debug-vm}. */
  ZOS_DEBUG_VM(
      SettingRow.of(
          "zos-debug-vm",
          "",
          Group.ZERO_OS,
          SettingType.flag("zos-debug-vm"),
          "The same for its virtual machines.")),
  /** Kernel parameter {@code disable-gpu}. */
  DISABLE_GPU(
      SettingRow.of(
          "disable-gpu",
          "",
          Group.ZERO_OS,
          SettingType.flag("disable-gpu"),
          "The node's graphics card is not offered for rent.")),
  /** Kernel parameter {@code missing-ssd}. */
  MISSING_SSD(
      SettingRow.of(
          "missing-ssd",
          "",
          Group.ZERO_OS,
          SettingType.flag("missing-ssd"),
          "The node has hard disks only.")),
  /** Kernel parameter {@code ssh-user}. */
  SSH_USER(
      SettingRow.of(
          "ssh-user",
          "USER",
          Group.ZERO_OS,
          SettingType.text(ZosWords::sshUser),
          "The GitHub user who may log in; not on the main network.")),
  /** Kernel parameter {@code substrate}. */
  SUBSTRATE(
      SettingRow.of(
              "substrate",
              "URL",
              Group.ZERO_OS,
              SettingType.text(text -> ZosWords.serviceUrl("substrate", text)),
              "Another TFChain server; may be repeated.")
          .many()),
  /** Kernel parameter {@code relay}. */
  RELAY(
      SettingRow.of(
              "relay",
              "URL",
              Group.ZERO_OS,
              SettingType.text(text -> ZosWords.serviceUrl("relay", text)),
              "Another message relay; may be repeated.")
          .many()),
  /** Kernel parameter {@code activation}. */
  ACTIVATION(
      SettingRow.of(
              "activation",
              "URL",
              Group.ZERO_OS,
              SettingType.text(text -> ZosWords.serviceUrl("activation", text)),
              "Another activation service; may be repeated.")
          .many()),
  /** Kernel parameter {@code console}. */
  CONSOLE(
      SettingRow.of(
              "console",
              "ttyS0,115200n8",
              Group.ZERO_OS,
              SettingType.text(ZosWords::console)
                  .offering("ttyS0,115200n8", "ttyS1,115200n8", "tty0"),
              "A console of Linux, such as a serial port; may be repeated.")
          .many()),
  /** Leaves out {@code nomodeset panic=7200}. */
  NO_DEFAULT_ARGS(
      SettingRow.of(
          "no-default-args",
          "",
          Group.ZERO_OS,
          SettingType.flag("no-default-args"),
          "Leave out the kernel arguments nomodeset and panic=7200.")),
  /** {@link KernelArgument}. */
  KERNEL_ARG(
      SettingRow.of(
              "kernel-arg",
              "WORD",
              Group.ZERO_OS,
              SettingType.text(KernelArgument.class, KernelArgument::new),
              "A further word for the kernel command line; may be repeated.")
          .many());

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

  // Immutable, but the checker cannot see that of a list and a function.
  @SuppressWarnings("ImmutableEnumChecker")
  private final SettingRow row;

  Setting(SettingRow row) {
    this.row = row;
  }

  /** The setting of this key, if there is one. */
  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** All keys, in the order of the table. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).collect(Collectors.toList());
  }

  /** The name in a profile. */
  public String key() {
    return row.key();
  }

  /** The name on the command line. */
  public String option() {
    return "--" + key();
  }

  /** What stands for the value in a list of options; empty for a flag. */
  public String placeholder() {
    return row.placeholder();
  }

  /** Where it belongs. */
  public Group group() {
    return row.group();
  }

  /** What it may be. */
  public SettingType type() {
    return row.type();
  }

  /** One sentence. */
  public String description() {
    return row.description();
  }

  /** The value where nobody gives one, if there is such a value. */
  public Optional<String> otherwise() {
    return row.otherwise();
  }

  /** Whether it may be given several times. */
  public boolean isRepeatable() {
    return row.isRepeatable();
  }

  /** What a guide asks for it, without a mark at its end; empty if it does not. */
  public Optional<String> question() {
    return row.question();
  }

  /**
   * Whether the kernel is told of it, and so is not where a provisioning server tells the node: its
   * script says all that.
   */
  public boolean isForKernel() {
    return this == FARM_ID || this == NETWORK || group() == Group.ZERO_OS;
  }
}
