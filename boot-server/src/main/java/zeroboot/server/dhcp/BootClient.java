package zeroboot.server.dhcp;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.spec.MacAddress;

/**
 * Who asks, if it is a machine that wants to boot.
 *
 * @param question what it sent
 * @param mac its card
 * @param isHttp whether it is UEFI HTTP boot: class {@code HTTPClient} (UEFI specification section
 *     24.7), in place of {@code PXEClient}
 * @param type the number in option 93; empty if there is none
 * @param isIpxe whether it is any iPXE
 * @param isZboot whether it is the loader of a Zero Boot image
 * @param features of an iPXE, by option 175
 */
public record BootClient(
    DhcpPacket question,
    MacAddress mac,
    boolean isHttp,
    OptionalInt type,
    boolean isIpxe,
    boolean isZboot,
    IpxeOptions features) {
  /** Option 77 of the loader in our images. */
  static final String OWN_CLASS = "zboot";

  private static final String IPXE_CLASS = "iPXE";
  private static final String PXE = "PXEClient";
  private static final String HTTP = "HTTPClient";

  /** Who sent it; empty if it is none who boots. */
  static Optional<BootClient> of(DhcpPacket question) {
    DhcpOptions options = question.options();
    // Firmware puts more behind it, and an iPXE that has seen an offer less: only the start counts.
    String vendor = options.text(DhcpOptions.VENDOR_CLASS).orElse("");
    boolean isHttp = vendor.startsWith(HTTP);
    if (question.op() != DhcpPacket.REQUEST || (!isHttp && !vendor.startsWith(PXE))) {
      return Optional.empty();
    }
    IpxeOptions features =
        options.get(DhcpOptions.IPXE).map(IpxeOptions::read).orElse(IpxeOptions.NONE);
    boolean isZboot = isOfClass(options, OWN_CLASS);
    boolean isIpxe = isZboot || isOfClass(options, IPXE_CLASS) || options.has(DhcpOptions.IPXE);
    return question
        .mac()
        .map(
            mac -> new BootClient(question, mac, isHttp, type(options), isIpxe, isZboot, features));
  }

  /** iPXE sends the word alone; by RFC 3004 section 4 its length stands before it. */
  private static boolean isOfClass(DhcpOptions options, String word) {
    String value = options.text(DhcpOptions.USER_CLASS).orElse("");
    return value.equals(word) || value.equals((char) word.length() + word);
  }

  /** The first of the types; most send one. */
  private static OptionalInt type(DhcpOptions options) {
    Optional<byte[]> value = options.get(DhcpOptions.ARCHITECTURE);
    return value.isPresent() && value.get().length >= 2
        ? OptionalInt.of(SpecReader.of("option 93", value.get()).be16(0))
        : OptionalInt.empty();
  }

  /** What it can start; empty for what no image of ours starts. */
  public Optional<BootArchitecture> architecture() {
    Optional<BootArchitecture> named =
        type.isPresent() ? BootArchitecture.of(type.getAsInt()) : Optional.empty();
    // HTTP boot under a PXE type, or PXE under an HTTP type, is nobody's firmware.
    return named.filter(each -> isHttp == (each == BootArchitecture.UEFI_X64_HTTP));
  }

  /** For people: the firmware, and whether it is iPXE that asks. */
  public String shown() {
    String what =
        architecture()
            .map(BootArchitecture::shown)
            .orElse(
                type.isPresent() ? "architecture " + type.getAsInt() : "an unknown architecture");
    return isIpxe && !isZboot ? what + ", iPXE" : what;
  }

  /** The card's PCI vendor and device, {@code 8086:100e}, where an iPXE says them. */
  public Optional<String> card() {
    return features.busId();
  }

  /** The machine's UUID as it stands on the wire, in hexadecimal (RFC 4578 section 2.3, type 0). */
  public Optional<String> uuid() {
    return question
        .options()
        .get(DhcpOptions.MACHINE_ID)
        .filter(value -> value.length == 17 && value[0] == 0)
        .map(value -> HexFormat.of().formatHex(value, 1, 17));
  }

  /**
   * What iPXE says of itself in option 175, a list of options of its own.
   *
   * @param hasHttp option 19: it fetches by HTTP
   * @param startsLinux option 24: it starts Linux kernels of a BIOS
   * @param busId option 177: the card's PCI vendor and device
   */
  public record IpxeOptions(boolean hasHttp, boolean startsLinux, Optional<String> busId) {
    static final IpxeOptions NONE = new IpxeOptions(false, false, Optional.empty());

    private static final int HTTP = 19;
    private static final int BZIMAGE = 24;
    private static final int BUS_ID = 177;
    private static final int PCI = 1;

    static IpxeOptions read(byte[] value) {
      try {
        DhcpOptions inside = DhcpOptions.read(SpecReader.of("option 175", value));
        return new IpxeOptions(
            inside.has(HTTP),
            inside.has(BZIMAGE),
            inside.get(BUS_ID).filter(id -> id.length == 5 && id[0] == PCI).map(IpxeOptions::pci));
      } catch (ZbootException e) {
        return NONE; // the rest of the message is as good as without it
      }
    }

    private static String pci(byte[] id) {
      HexFormat hex = HexFormat.of();
      return hex.formatHex(id, 1, 3) + ":" + hex.formatHex(id, 3, 5);
    }
  }
}
