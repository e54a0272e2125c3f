package zeroboot.server.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.script.BootScripts;
import zeroboot.server.http.Answers;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;

/** {@code /provision/MAC}: the script of a node, for images that hold none. */
final class ProvisionPages {
  private static final int SECONDS = 30;

  private final Texts texts;
  private final Optional<Provisioning> nodes;
  private final IpxeCore core;
  private final Visitors visitors;

  ProvisionPages(Texts texts, Optional<Provisioning> nodes, IpxeCore core, Visitors visitors) {
    this.texts = texts;
    this.nodes = nodes;
    this.core = core;
    this.visitors = visitors;
  }

  boolean isThere() {
    return nodes.isPresent();
  }

  /**
   * The script of a node; of one that nobody knows, a script that says so and asks again.
   *
   * @throws zeroboot.ground.ZbootException (settings) if that is no MAC address
   */
  void answer(List<String> parts, Replies reply) {
    if (parts.size() != 2) {
      reply.text(404, texts.get("error.provision"));
      return;
    }
    MacAddress mac = MacAddress.parse(parts.get(1));
    Optional<BootSpec> spec = nodes.orElseThrow().of(mac);
    String script =
        spec.map(this::known).orElseGet(() -> unknown(mac, visitors.base(reply.request())));
    reply.text(200, Answers.TEXT, script);
  }

  /** It runs in the iPXE that asked, whose own script said whom to ask. */
  private String known(BootSpec spec) {
    String script = new String(BootScripts.render(spec, core).bytes(), StandardCharsets.UTF_8);
    return script.replaceFirst("\n", "\nclear provision ||\n");
  }

  /** Nothing of it is a visitor's but the address of the server, which was checked, and the MAC. */
  private String unknown(MacAddress mac, String base) {
    return "#!ipxe\n"
        + ":again\n"
        + "echo\n"
        + "echo "
        + texts.get("unknown.who")
        + " "
        + mac
        + "\n"
        + "echo "
        + texts.get("unknown.mend")
        + "\n"
        + "sleep "
        + SECONDS
        + "\n"
        + "chain --replace "
        + base
        + "/provision/"
        + mac
        + " || goto again\n";
  }
}
