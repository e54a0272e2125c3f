package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;

class NetbootTest {
  @TempDir private Path folder;

  private CliRun make(String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("netboot --farm-id 4242 --server 192.0.2.1".split(" ", -1)));
    args.addAll(List.of("-o", folder.resolve("net").toString()));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  private Path made(String file, String... more) {
    CliRun run = make(more);
    assertEquals(0, run.exitCode(), run.err());
    return folder.resolve("net").resolve(file);
  }

  @Test
  void theFilesAreTheOtherForms() throws IOException {
    assertEquals(7, made("", "--json").toFile().list().length);
    for (String form : new String[] {"lkrn", "efi", "script"}) {
      String name = "zboot." + (form.equals("script") ? "ipxe" : form);
      assertArrayEquals(
          CliRun.of(form, "--farm-id", "4242", "-o", "-").out(),
          Files.readAllBytes(folder.resolve("net").resolve(name)),
          form);
    }
    ForeignTool.require("sh")
        .run("-c", "cd " + folder.resolve("net") + " && sha256sum -c SHA256SUMS")
        .ok();
  }

  @Test
  void besideARouterDnsmasqGivesOutNoAddress() throws IOException {
    Path conf = made("dnsmasq.conf");
    ForeignTool.require("dnsmasq").run("--test", "--conf-file=" + conf).ok();
    List<String> lines = Files.readAllLines(conf);
    assertTrue(lines.contains("dhcp-range=192.0.2.1,proxy"), lines.toString());
    assertTrue(lines.contains("port=0"), lines.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "192.0.2.254|-|option:dns-server,192.0.2.254|true",
        "192.0.2.254|192.0.2.1|option:dns-server,192.0.2.1|false",
        "192.0.2.1|-|option:dns-server,192.0.2.1|false",
        "192.0.2.1|192.0.2.53|option:dns-server,192.0.2.53|true"
      })
  void aNetworkOfItsOwnHasItsRouterAndNames(
      String router, @Nullable String dns, String option, boolean silent) throws IOException {
    List<String> more =
        new ArrayList<>(List.of("--dhcp-range", "192.0.2.100,192.0.2.199", "--router", router));
    if (dns != null) {
      more.addAll(List.of("--dns", dns));
    }
    Path conf = made("dnsmasq.conf", more.toArray(String[]::new));
    ForeignTool.require("dnsmasq").run("--test", "--conf-file=" + conf).ok();
    List<String> lines = Files.readAllLines(conf);
    assertTrue(lines.contains("dhcp-range=192.0.2.100,192.0.2.199,12h"), lines.toString());
    assertTrue(lines.contains("dhcp-option=option:router," + router), lines.toString());
    assertTrue(lines.contains("dhcp-option=" + option), lines.toString());
    assertEquals(silent, lines.contains("port=0"), lines.toString());
  }

  @Test
  void keaTakesItsClasses() throws IOException {
    Path include = made("kea-dhcp4.inc");
    Path conf =
        Files.writeString(
            folder.resolve("kea.json"), "{ \"Dhcp4\": { <?include \"" + include + "\"?> } }\n");
    ForeignTool.require("kea-dhcp4").run("-t", conf.toString()).ok();
  }

  @Test
  void dhcpdTakesItsStatements() throws IOException {
    Path include = made("dhcpd.inc");
    Path conf =
        Files.writeString(
            folder.resolve("dhcpd.conf"),
            "include \"" + include + "\";\nsubnet 192.0.2.0 netmask 255.255.255.0 { }\n");
    ForeignTool.require("dhcpd").run("-t", "-cf", conf.toString()).ok();
  }

  @Test
  void aFolderWithSomethingInItStaysAsItIs() throws IOException {
    Path mine = Files.createDirectory(folder.resolve("net")).resolve("zboot.efi");
    Files.writeString(mine, "mine");
    assertEquals(4, make().exitCode());
    assertEquals("mine", Files.readString(mine));
    assertEquals(0, make("--force").exitCode());
    assertTrue(Files.size(mine) > 100_000);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dhcp-range|192.0.2.1",
        "--dhcp-range|192.0.2.100,192.0.2.199",
        "--router|192.0.2.1",
        "--dhcp-range|a,b",
        "--http-url|ftp://192.0.2.1/",
        "--http-url|http://192.0.2.1/\"x",
        "--http-url|http://192.0.2.1/a,b"
      })
  void whatServersWouldMisreadIsRefused(String option, String value) {
    CliRun run = make(option, value);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(Files.notExists(folder.resolve("net")));
  }
}
