package zeroboot.spec;

import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/** What several settings together can get wrong. */
final class SpecCheck {
  private final Settings settings;

  private SpecCheck(Settings settings) {
    this.settings = settings;
  }

  /** Refuses settings that contradict each other, with the place of the one that is to change. */
  static void check(Settings settings) {
    SpecCheck check = new SpecCheck(settings);
    if (settings.given(Setting.PROVISION_URL).isPresent()) {
      check.nothingBesidesProvisioning();
    } else {
      check.farmIdIsThere();
      check.versionFitsKernel();
    }
    check.networkIsWhole();
  }

  /** The server's script says all that, so here it would have no effect. */
  private void nothingBesidesProvisioning() {
    for (Setting setting : settings.keys()) {
      if (setting.isForKernel()) {
        throw refuse(
            setting,
            "has no effect with --provision-url: the server's script tells the node",
            "leave it out, or leave out --provision-url");
      }
    }
  }

  private void farmIdIsThere() {
    if (settings.given(Setting.FARM_ID).isEmpty()) {
      throw ZbootException.usage(
          "--farm-id",
          "the farm ID is missing",
          "add --farm-id N; the dashboard shows your farm's ID under Farms");
    }
  }

  private void versionFitsKernel() {
    boolean v4 = settings.require(Setting.ZOS_VERSION).equals("v4");
    if (v4 && settings.given(Setting.KERNEL_URL).isEmpty()) {
      throw refuse(
          Setting.ZOS_VERSION,
          "needs a kernel of that version, and zboot knows no address of one",
          "add --kernel-url URL");
    }
  }

  private void networkIsWhole() {
    Optional<FixedAddress> address = settings.get(Setting.ADDRESS, FixedAddress.class);
    Optional<Ipv4Address> gateway = settings.get(Setting.GATEWAY, Ipv4Address.class);
    if (address.isEmpty()) {
      if (gateway.isPresent()) {
        throw refuse(
            Setting.GATEWAY,
            "goes with a fixed address; DHCP brings its own",
            "add --address A.B.C.D/NN, or leave it out");
      }
      return;
    }
    if (gateway.isPresent() && !address.get().reaches(gateway.get())) {
      throw refuse(
          Setting.GATEWAY,
          "is outside the node's network " + address.get(),
          "check both, and the number behind the slash");
    }
    if (gateway.isPresent() && gateway.get().equals(address.get().address())) {
      throw refuse(Setting.GATEWAY, "is the node's own address", "give the router's address");
    }
  }

  private ZbootException refuse(Setting setting, String what, String mend) {
    String origin = settings.given(setting).map(Settings.Given::origin).orElse(setting.option());
    List<String> values = settings.values(setting);
    return ZbootException.settings(
        origin + ": " + setting.key() + " '" + String.join(" ", values) + "'", what, mend);
  }
}
