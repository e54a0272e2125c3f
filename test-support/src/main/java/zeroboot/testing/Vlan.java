package zeroboot.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Interfaces for one VLAN of a card, also where Linux was built without them. */
final class Vlan {
  private Vlan() {}

  /**
   * Adds an interface {@code CARD.TAG}, which is up and has no address. What goes through it
   * crosses the card with the tag, and nothing else reaches it.
   *
   * @param folder for logs
   */
  static String add(NetworkNamespace namespace, Path folder, String card, int tag) {
    String name = card + "." + tag;
    namespace.ip("link", "set", card, "up");
    ForeignTool.Result kernels =
        run(namespace, "ip", "link", "add", "link", card, "name", name, "type", "vlan", "id", tag);
    if (kernels.output().contains("Unknown device type")) {
      byUs(namespace, folder, card, name, tag);
    } else {
      kernels.ok();
    }
    namespace.ip("link", "set", name, "up");
    return name;
  }

  private static ForeignTool.Result run(NetworkNamespace namespace, Object... command) {
    List<String> words = new ArrayList<>(namespace.wrapper());
    Arrays.stream(command).map(String::valueOf).forEach(words::add);
    return ForeignTool.require("nsenter")
        .run(words.subList(1, words.size()).toArray(String[]::new));
  }

  private static void byUs(
      NetworkNamespace namespace, Path folder, String card, String name, int tag) {
    try (InputStream script = Vlan.class.getResourceAsStream("vlan.py")) {
      if (script == null) {
        throw new IllegalStateException("vlan.py is not here");
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Path log = Files.createTempFile(folder, "vlan", ".log");
      String python = ForeignTool.require("python3").path();
      var unused = namespace.start(log, List.of(python, "-c", text, card, name, "" + tag));
      Lan.await(name + " is there", log, () -> Lan.read(log).contains("ready"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // As a VLAN interface, it has the address of its card.
    String link = run(namespace, "ip", "-o", "link", "show", "dev", card).ok();
    String address = link.replaceFirst("(?s).*link/ether (\\S+).*", "$1");
    namespace.ip("link", "set", name, "address", address);
  }
}
