package zeroboot.netboot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import zeroboot.spec.MacAddress;

/**
 * The UEFI machines that get {@link DhcpConfigs#CHAINED_FILE}, as DHCP servers are told them. Each
 * method gives the pieces of one server's configuration by their marks in it, and none at all if no
 * machine was chosen, but the line that says how.
 *
 * @param isThere whether there is that file
 * @param nodes by their network cards
 */
public record ChainedNodes(boolean isThere, Set<MacAddress> nodes) {
  /** For folders without the file. */
  static final ChainedNodes NOT_THERE = new ChainedNodes(false, Set.of());

  private static final String HINT =
      " A UEFI machine that stays at \"initialising devices\" gets zboot-snp.efi by"
          + " --firmware-driver MAC.\n";

  /** Sorts them. */
  public ChainedNodes {
    nodes = new TreeSet<>(nodes);
  }

  private String hint(String comment) {
    return isThere && nodes.isEmpty() ? comment + HINT : "";
  }

  private String each(String line, String between) {
    return nodes.stream()
        .map(node -> line.replace("@{mac}", node.value()))
        .collect(Collectors.joining(between));
  }

  private Map<String, String> pieces(String comment, Map<String, String> chosen) {
    Map<String, String> pieces = new LinkedHashMap<>();
    chosen.forEach((mark, text) -> pieces.put(mark, nodes.isEmpty() ? "" : text));
    pieces.put("hint", hint(comment));
    return pieces;
  }

  /** The hardware address of a packet gets a tag, and the others' lines want that it is not set. */
  Map<String, String> dnsmasq() {
    return pieces(
        "#",
        Map.of(
            "macs",
            each("dhcp-mac=set:zboot-snp,@{mac}\n", ""),
            "others",
            "tag:!zboot-snp,",
            "services",
            """
            pxe-service=tag:zboot-snp,7,"Zero Boot",@{chained}
            pxe-service=tag:zboot-snp,9,"Zero Boot",@{chained}
            """,
            "boot",
            "dhcp-boot=tag:zboot-snp,tag:zboot-uefi,@{chained},,@{server}\n",
            "http-boot",
            "dhcp-boot=tag:zboot-snp,tag:zboot-http,@{http}@{chained}\n"));
  }

  /** Classes beside the usual ones, of which none holds for the same machine. */
  Map<String, String> kea() {
    String chosen =
        "(" + each("pkt4.mac == 0x@{mac}", " or ").replaceAll("(?<=[0-9a-f]{2}):", "") + ")";
    return pieces(
        "//",
        Map.of(
            "others",
            " and not " + chosen,
            "classes",
            """
            ,
              {
                "name": "zboot-uefi-snp",
                "test": "substring(option[60].hex,0,9) == 'PXEClient' and (option[93].hex == 0x0007 or option[93].hex == 0x0009) and @{chosen}",
                "next-server": "@{server}",
                "boot-file-name": "@{chained}"
              },
              {
                "name": "zboot-http-snp",
                "test": "substring(option[60].hex,0,10) == 'HTTPClient' and option[93].hex == 0x0010 and @{chosen}",
                "option-data": [
                  { "name": "vendor-class-identifier", "data": "HTTPClient", "always-send": true }
                ],
                "boot-file-name": "@{http}@{chained}"
              }\
            """
                .replace("@{chosen}", chosen)));
  }

  /** A statement behind the usual one, which takes its place. */
  Map<String, String> dhcpd() {
    String chosen = "  if " + each("hardware = 01:@{mac}", " or ") + " {\n    filename \"";
    return pieces(
        "#",
        Map.of(
            "file", chosen + "@{chained}\";\n  }\n",
            "url", chosen + "@{http}@{chained}\";\n  }\n"));
  }
}
