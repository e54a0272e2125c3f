package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import zeroboot.core.BundledCore;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SelfSigned;

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
    assertEquals(8, made("", "--json").toFile().list().length);
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

  private static final String CHOSEN = "00:00:5e:00:53:aa";

  /** What each DHCP server says to the chosen ones, and that it says the usual to all others. */
  @Test
  void chosenMachinesGetTheFileForTheirFirmwaresDriver() throws IOException {
    String[] more = {"--firmware-driver", CHOSEN, "--firmware-driver", "02-00-00-00-00-01"};
    Path conf = made("dnsmasq.conf", more);
    ForeignTool.require("dnsmasq").run("--test", "--conf-file=" + conf).ok();
    assertTrue(
        Files.readString(conf)
            .contains(
                """
                # UEFI machines, PXE
                dhcp-mac=set:zboot-snp,00:00:5e:00:53:aa
                dhcp-mac=set:zboot-snp,02:00:00:00:00:01
                pxe-service=tag:!zboot-snp,7,"Zero Boot",zboot.efi
                pxe-service=tag:!zboot-snp,9,"Zero Boot",zboot.efi
                pxe-service=tag:zboot-snp,7,"Zero Boot",zboot-snp.efi
                pxe-service=tag:zboot-snp,9,"Zero Boot",zboot-snp.efi
                # UEFI machines, HTTP boot\
                """),
        Files.readString(conf));
    Path net = folder.resolve("net");
    judgesTake(net.resolve("kea-dhcp4.inc"), net.resolve("dhcpd.inc"));
    CliRun inspected = CliRun.of("verify", "--json", net.resolve("zboot-snp.efi").toString());
    assertEquals(0, inspected.exitCode(), inspected.err());
    CliRun seen = CliRun.of("inspect", net.resolve("zboot-snp.efi").toString());
    assertTrue(seen.text().contains(", snponly.efi"), seen.text());
    assertTrue(seen.text().contains("As made: yes"), seen.text());
  }

  private void judgesTake(Path kea, Path dhcpd) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("kea.json"), "{ \"Dhcp4\": { <?include \"" + kea + "\"?> } }\n");
    ForeignTool.require("kea-dhcp4").run("-t", conf.toString()).ok();
    Path other =
        Files.writeString(
            folder.resolve("dhcpd.conf"),
            "include \"" + dhcpd + "\";\nsubnet 192.0.2.0 netmask 255.255.255.0 { }\n");
    ForeignTool.require("dhcpd").run("-t", "-cf", other.toString()).ok();
  }

  @Test
  void withoutThatFileNothingIsSaidOfIt() throws IOException {
    Path cores = Files.createDirectory(folder.resolve("cores"));
    Files.write(cores.resolve("ipxe.lkrn"), BundledCore.load().lkrn());
    Files.write(cores.resolve("ipxe.efi"), BundledCore.load().efi());
    CliRun refused = make("--core", cores.toString(), "--firmware-driver", CHOSEN);
    assertEquals(3, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("snponly.efi"), refused.err());
    assertFalse(Files.exists(folder.resolve("net")));
    Path conf = made("dnsmasq.conf", "--core", cores.toString());
    assertFalse(Files.readString(conf).contains("snp"), Files.readString(conf));
    assertFalse(Files.exists(conf.resolveSibling("zboot-snp.efi")));
  }

  @Test
  void theOtherFileTrustsTheSameRoot() throws IOException {
    String root =
        SelfSigned.create(folder, "ca", "rsa:2048", "keyUsage=critical,keyCertSign")
            .certificate()
            .toString();
    made("", "--trust-root", root);
    Path net = folder.resolve("net");
    String[] said = new String[2];
    for (int i = 0; i < said.length; i++) {
      CliRun run =
          CliRun.of(
              "inspect", "--json", net.resolve(i == 0 ? "zboot.efi" : "zboot-snp.efi").toString());
      assertEquals(0, run.exitCode(), run.err());
      said[i] = run.json().getAsJsonObject("core").get("efiTrustRootSha256").getAsString();
      assertTrue(run.json().get("asMade").getAsBoolean());
    }
    assertEquals(said[0], said[1]);
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
