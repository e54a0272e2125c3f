package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.spec.Setting;

/** Profiles and options together, as the commands see them. */
class ProfileOptionsTest {
  @TempDir private Path folder;
  private Path profile;

  @BeforeEach
  void write() throws IOException {
    profile =
        Files.writeString(
            folder.resolve("farm.yaml"),
            """
            farm-id: 4242
            vlan: 302
            missing-ssd: true
            kernel-arg: [quiet]
            nodes:
              - name: node-01
                mac: 00:00:5E:00:53:01
                address: 192.0.2.11/24
                gateway: 192.0.2.1
                dns: 192.0.2.53
              - name: node-02
                mac: 00:00:5E:00:53:02
                vlan: 303
            """);
  }

  @Test
  void optionsWinOverTheNodeAndTheNodeOverTheRest() {
    CliRun run =
        run("script", "--node", "node-02", "--farm-id", "7", "--no-missing-ssd", "--kernel-arg=x");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.text()
            .contains(
                "\nset args farmer_id=7 runmode=prod version=v3 nomodeset panic=7200 vlan:priv=303"
                    + " x\n"),
        run.text());
    assertTrue(run.text().contains("\nset node_name node-02\n"));
    assertTrue(run.err().contains("Node node-02\n"), run.err());
  }

  /** Only a mirror proves kernels: whoever asks for it and makes a stick hears so, once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "script",
        "iso",
        "usb",
        "efi",
        "lkrn",
        "netboot --server 192.0.2.1",
        "batch",
        "write"
      })
  void whatMakesImagesSaysThatKernelsAreNotProved(String command) throws IOException {
    String proof = "\n    kernel-sha256: " + "0".repeat(64);
    for (String node : List.of("node-01", "node-02")) {
      String name = "name: " + node;
      Files.writeString(profile, Files.readString(profile).replace(name, name + proof));
    }
    Path result = folder.resolve("result");
    CliRun run =
        command.equals("write")
            ? run("write", "--dry-run", Files.write(result, new byte[1 << 20]).toString())
            : run((command + " -o " + result).split(" "));
    String warning =
        "Warning: "
            + profile
            + ":7:20: kernel-sha256 is for zboot serve --mirror alone. What is made here starts"
            + " whatever its kernel server gives.\n";
    assertEquals(1, run.err().split(Pattern.quote(warning), -1).length - 1, run.err());
    Files.writeString(profile, Files.readString(profile).replace(proof, ""));
    assertFalse(run("script", "-o", "-").err().contains("--mirror"));
  }

  @Test
  void oneImageKnowsTheWholeRack() {
    CliRun run = run("script", "--json", "-o", folder.resolve("x").toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonObject node = run.json().getAsJsonArray("nodes").get(1).getAsJsonObject();
    assertEquals("node-02", node.get("node").getAsString());
    assertEquals("00:00:5e:00:53:02", node.get("mac").getAsString());
    assertEquals(303, node.getAsJsonObject("settings").get("vlan").getAsInt());
    assertTrue(run.err().contains("Node node-01, MAC 00:00:5e:00:53:01\n"), run.err());
    assertTrue(run.err().contains("Any other machine gets the profile's defaults\n"), run.err());
    assertTrue(run.err().contains("Warning: Node node-01: A fixed address is for"), run.err());
  }

  @Test
  void fileNamesTellImagesApart() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("out"));
    CliRun run = run("usb", "-o", elsewhere.resolve("a.img").toString());
    assertEquals(0, run.exitCode(), run.err());
    CliRun refused = run("usb", "--node", "nobody");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--node nobody: is not there"), refused.err());
    assertEquals(2, CliRun.of("usb", "--farm-id", "1", "--node", "x").exitCode());
  }

  @Test
  void aRackNeedsMacsButOneNodeDoesNot() throws IOException {
    Files.writeString(profile, "farm-id: 1\nnodes: [{name: a}]\n");
    CliRun rack = run("script");
    assertEquals(3, rack.exitCode());
    assertTrue(rack.err().contains("farm.yaml:2:9: the node a has no mac"), rack.err());
    assertEquals(0, run("script", "--node", "a").exitCode());
  }

  @Test
  void showsWhereEachValueComesFrom() {
    CliRun run = run("config", "show", "--node", "node-01", "--network", "test");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.text().contains("farm-id: 4242  # " + profile + ":1:10\n"), run.text());
    assertTrue(run.text().contains("network: test  # --network\n"), run.text());
    assertTrue(run.text().contains("address: 192.0.2.11/24  # " + profile + ":8:14\n"), run.text());
    assertTrue(run.text().contains("on-failure: reboot  # default\n"), run.text());
    assertTrue(run.err().contains("Warning: A fixed address is for"), run.err());
  }

  @Test
  void showsTheSameAsJson() {
    JsonObject shown = run("config", "show", "--json").json();
    JsonObject farm = shown.getAsJsonObject("settings").getAsJsonObject("farm-id");
    assertEquals("4242", farm.getAsJsonArray("values").get(0).getAsString());
    assertEquals(profile + ":1:10", farm.get("origin").getAsString());
    assertEquals(2, shown.getAsJsonArray("nodes").size());
  }

  /** What config show prints is a profile that says the same. */
  @Test
  void whatIsShownCanBeUsed() throws IOException {
    String shown = run("config", "show", "--kernel-arg", "x=\"a b\"").text();
    Files.writeString(profile, shown);
    assertEquals(0, run("script").exitCode(), shown);
    assertTrue(run("script").text().contains("vlan:priv=302 missing-ssd x=\"a b\"\n"));
  }

  @Test
  void showRefusesWhatAnImageWouldRefuse() throws IOException {
    Files.writeString(profile, "farm-id: 1\ngateway: 192.0.2.1\n");
    CliRun run = run("config", "show");
    assertEquals(3, run.exitCode());
    assertTrue(run.err().contains("farm.yaml:2:10: gateway '192.0.2.1': goes with"), run.err());
  }

  @Test
  void provisioningNeedsNoFarm() {
    CliRun run = CliRun.of("script", "--provision-url", "https://boot.example.com/provision");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.text().contains("\nset provision https://boot.example.com/provision/\n"));
    assertFalse(run.text().contains("\nset farm "));
    CliRun both = CliRun.of("script", "--provision-url", "https://a.example/", "--farm-id", "1");
    assertEquals(3, both.exitCode());
  }

  @Test
  void everySettingIsListed() {
    String list = CliRun.of("config", "list").text();
    for (Setting setting : Setting.values()) {
      assertTrue(list.contains("  " + setting.option()), setting.option());
    }
    assertTrue(list.lines().allMatch(line -> line.length() <= 100), list);
  }

  private CliRun run(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--config";
    all[args.length + 1] = profile.toString();
    return CliRun.of(all);
  }
}
