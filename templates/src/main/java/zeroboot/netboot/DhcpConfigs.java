package zeroboot.netboot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import zeroboot.spec.BootPath;

/**
 * What a DHCP server has to say so that each machine gets the file that it can start, by its client
 * architecture (option 93: RFC 4578 section 2.1, and RFC 5970 section 3.3 with the registry that it
 * begins). One rule a machine is enough: both files hold their script, so the iPXE in them, which
 * asks for an address once more, never follows a boot file name of the answer.
 *
 * @param server address of the TFTP server
 * @param httpUrl where the folder is served over HTTP; ends with a slash
 * @param chained who gets {@link #CHAINED_FILE}; empty where that file is not
 */
public record DhcpConfigs(String server, String httpUrl, Optional<ChainedNodes> chained) {
  /** The network boot program of BIOS machines (architecture 0). */
  public static final String BIOS_FILE = "zboot.lkrn";

  /** What x86-64 UEFI machines load (architectures 7 and 9 over PXE, 16 over HTTP). */
  public static final String UEFI_FILE = "zboot.efi";

  /**
   * What UEFI machines load whose card iPXE's own drivers do not get on with: it leaves the card to
   * the firmware's driver.
   */
  public static final String CHAINED_FILE = "zboot-snp.efi";

  /** What a machine of one way loads. */
  public static String file(BootPath path) {
    return switch (path) {
      case BIOS -> BIOS_FILE;
      case UEFI_X64 -> UEFI_FILE;
    };
  }

  /** Refuses a URL that file names cannot be appended to. */
  public DhcpConfigs {
    if (!httpUrl.endsWith("/")) {
      throw new IllegalArgumentException(httpUrl);
    }
  }

  /**
   * What clients of a network of its own are told.
   *
   * @param first of the addresses that are given out
   * @param last of them
   * @param router the way out of the network
   * @param dns name servers, in order; at least one
   */
  public record Pool(String first, String last, String router, List<String> dns) {
    /** Refuses a pool without a name server: nodes would find no kernel by its name. */
    public Pool {
      dns = List.copyOf(dns);
      if (dns.isEmpty()) {
        throw new IllegalArgumentException();
      }
    }
  }

  /**
   * A configuration file of dnsmasq beside another DHCP server, which gives out the addresses:
   * proxy DHCP (PXE specification 2.1, section 2.2). BIOS machines find their file in the offer;
   * UEFI ones ask for it at port 4011, which dnsmasq opens for a {@code pxe-service} alone.
   *
   * @param folder what its TFTP server hands out, an absolute path
   */
  public String dnsmasqBeside(String folder) {
    return fill(
            """
            # Zero Boot over the network, for dnsmasq beside the network's DHCP server (mostly the router):
            # that one goes on giving out addresses, this one tells which file to boot (proxy DHCP).
            # Put this file into /etc/dnsmasq.d and restart dnsmasq. It answers no names (DNS).
            port=0
            dhcp-range=@{server},proxy
            enable-tftp
            tftp-root=@{folder}
            # BIOS machines
            dhcp-match=set:zboot-bios,option:client-arch,0
            dhcp-boot=tag:zboot-bios,@{bios},,@{server}
            # UEFI machines, PXE
            @{hint}@{macs}pxe-service=@{others}7,"Zero Boot",@{uefi}
            pxe-service=@{others}9,"Zero Boot",@{uefi}
            @{services}# UEFI machines, HTTP boot; a web server has to serve the folder there
            dhcp-pxe-vendor=PXEClient,HTTPClient
            dhcp-match=set:zboot-http,option:client-arch,16
            dhcp-boot=@{others}tag:zboot-http,@{http}@{uefi}
            @{http-boot}\
            """,
            ChainedNodes::dnsmasq)
        .replace("@{folder}", folder);
  }

  /**
   * A configuration file of dnsmasq as the only DHCP server of a network.
   *
   * @param folder what its TFTP server hands out, an absolute path
   */
  public String dnsmasqAlone(String folder, Pool pool) {
    // Its own name service runs if that is what the clients are told to ask.
    String names = pool.dns().contains(server) ? "" : "port=0\n";
    return fill(
            """
            # Zero Boot over the network, for dnsmasq as the only DHCP server of a network of its own: it
            # gives out addresses and boot files. There must be no other one, in the router neither.
            # Put this file into /etc/dnsmasq.d and restart dnsmasq.
            @{names}dhcp-range=@{first},@{last},12h
            dhcp-option=option:router,@{router}
            dhcp-option=option:dns-server,@{dns}
            enable-tftp
            tftp-root=@{folder}
            # BIOS machines
            dhcp-match=set:zboot-bios,option:client-arch,0
            dhcp-boot=tag:zboot-bios,@{bios},,@{server}
            # UEFI machines, PXE
            dhcp-match=set:zboot-uefi,option:client-arch,7
            dhcp-match=set:zboot-uefi,option:client-arch,9
            @{hint}@{macs}dhcp-boot=@{others}tag:zboot-uefi,@{uefi},,@{server}
            @{boot}# UEFI machines, HTTP boot; a web server has to serve the folder there
            dhcp-match=set:zboot-http,option:client-arch,16
            dhcp-option-force=tag:zboot-http,60,HTTPClient
            dhcp-boot=@{others}tag:zboot-http,@{http}@{uefi}
            @{http-boot}\
            """,
            ChainedNodes::dnsmasq)
        .replace("@{names}", names)
        .replace("@{first}", pool.first())
        .replace("@{last}", pool.last())
        .replace("@{router}", pool.router())
        .replace("@{dns}", String.join(",", pool.dns()))
        .replace("@{folder}", folder);
  }

  /** The client classes of Kea's DHCPv4 server, for an include inside {@code "Dhcp4"}. */
  public String kea() {
    return fill(
        """
        // Zero Boot over the network, for Kea as the network's only DHCP server: it adds boot files
        // to the addresses that its subnets give out. Put <?include "kea-dhcp4.inc"?> (with the whole path)
        // inside "Dhcp4", or add these classes to those that are there.
        @{hint}"client-classes": [
          {
            "name": "zboot-bios",
            "test": "substring(option[60].hex,0,9) == 'PXEClient' and option[93].hex == 0x0000",
            "next-server": "@{server}",
            "boot-file-name": "@{bios}"
          },
          {
            "name": "zboot-uefi",
            "test": "substring(option[60].hex,0,9) == 'PXEClient' and (option[93].hex == 0x0007 or option[93].hex == 0x0009)@{others}",
            "next-server": "@{server}",
            "boot-file-name": "@{uefi}"
          },
          {
            "name": "zboot-http",
            "test": "substring(option[60].hex,0,10) == 'HTTPClient' and option[93].hex == 0x0010@{others}",
            "option-data": [
              { "name": "vendor-class-identifier", "data": "HTTPClient", "always-send": true }
            ],
            "boot-file-name": "@{http}@{uefi}"
          }@{classes}
        ]
        """,
        ChainedNodes::kea);
  }

  /** Statements for ISC dhcpd, outside of every subnet. */
  public String dhcpd() {
    return fill(
        """
        # Zero Boot over the network, for ISC dhcpd as the network's only DHCP server: it adds boot
        # files to the addresses that its subnets give out. Say include "dhcpd.inc"; (with the whole path).
        @{hint}option zboot-arch code 93 = unsigned integer 16;
        if option zboot-arch = 00:00 {
          next-server @{server};
          filename "@{bios}";
        } elsif option zboot-arch = 00:07 or option zboot-arch = 00:09 {
          next-server @{server};
          filename "@{uefi}";
        @{file}} elsif option zboot-arch = 00:10 {
          option vendor-class-identifier "HTTPClient";
          filename "@{http}@{uefi}";
        @{url}}
        """,
        ChainedNodes::dhcpd);
  }

  /** Puts in first what concerns the chosen machines, which may hold marks of its own. */
  private String fill(String template, Function<ChainedNodes, Map<String, String>> chosen) {
    String text = template;
    for (Map.Entry<String, String> part :
        chosen.apply(chained.orElse(ChainedNodes.NOT_THERE)).entrySet()) {
      text = text.replace("@{" + part.getKey() + "}", part.getValue());
    }
    return text.replace("@{server}", server)
        .replace("@{http}", httpUrl)
        .replace("@{bios}", BIOS_FILE)
        .replace("@{chained}", CHAINED_FILE)
        .replace("@{uefi}", UEFI_FILE);
  }
}
