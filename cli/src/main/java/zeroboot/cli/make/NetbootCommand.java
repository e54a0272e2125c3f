package zeroboot.cli.make;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Invocation;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.cli.output.FolderTarget;
import zeroboot.cli.output.ForceOption;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.SettingsRecord;
import zeroboot.netboot.ChainedNodes;
import zeroboot.netboot.DhcpConfigs;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.TlsRoot;
import zeroboot.spec.BootPath;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.TargetFirmware;

/** {@code zboot netboot}. */
@Command(
    addMethodSubcommands = false,
    name = "netboot",
    description =
        "Makes a folder for a network boot server. It holds boot files and what the DHCP server"
            + " says.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot netboot --farm-id 4242 --server 192.0.2.1 -o /srv/tftp/zboot"})
public final class NetbootCommand implements Callable<Integer> {
  /** What dnsmasq takes literally in a line of its configuration. */
  private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._+@-]+");

  @Mixin final SettingsOptions settings = new SettingsOptions();
  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;

  @Option(
      names = "--server",
      paramLabel = "A.B.C.D",
      required = true,
      description = "The address of the machine that serves the folder.")
  String server = "";

  @Option(
      names = "--http-url",
      paramLabel = "URL",
      description = "Where it serves the folder over HTTP. Default: http://A.B.C.D/")
  @Nullable String httpUrl;

  @Option(
      names = "--dhcp-range",
      paramLabel = "FIRST,LAST",
      description =
          "Let dnsmasq give these out, in a network of its own. Default: the router does.")
  @Nullable String range;

  @Option(
      names = "--router",
      paramLabel = "A.B.C.D",
      description = "With --dhcp-range: the way out of that network.")
  @Nullable String router;

  @Option(
      names = "--firmware-driver",
      paramLabel = "MAC",
      hidden = true,
      description =
          "A UEFI machine that stays at \"initialising devices\": give it the file that uses its"
              + " firmware's network driver. Repeatable.")
  List<String> chosen = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder to make.")
  Path folder = Path.of("");

  @Mixin final ForceOption force = new ForceOption();

  @Option(names = "--json", description = "Print the receipt as JSON on standard output.")
  boolean json;

  private final Session session;

  NetbootCommand(Session session) {
    this.session = session;
    signing = new SigningOptions(session);
  }

  @Override
  public Integer call() {
    Rack rack = settings.toRack();
    Set<MacAddress> nodes = chosen.stream().map(MacAddress::parse).collect(Collectors.toSet());
    IpxeCore plain = core.load(session.cores());
    DhcpConfigs configs = configs(chained(plain, nodes));
    String dnsmasq =
        pool(rack)
            .map(pool -> configs.dnsmasqAlone(absolute(), pool))
            .orElseGet(() -> configs.dnsmasqBeside(absolute()));
    SigningKeys keys = signing.open(List.of(TargetFirmware.BOTH), List.of(rack)).opened();
    Map<String, byte[]> files = new LinkedHashMap<>();
    IpxeCore ipxe;
    BootScript script;
    try (FolderTarget target = FolderTarget.begin(folder, force.isWanted())) {
      Optional<TrustRoot> root = signing.root(plain).map(TlsRoot::trust);
      ipxe = root.map(one -> one.in(plain)).orElse(plain);
      script = BootScripts.render(rack, ipxe);
      ImageMaker maker = new ImageMaker(ipxe, keys.efiSigner());
      for (BootPath path : BootPath.values()) {
        files.put(DhcpConfigs.file(path), maker.make(Forms.alone(path), rack, script).bytes());
      }
      if (plain.chained().isPresent()) {
        IpxeCore other = plain.chained().get();
        IpxeCore chained = root.map(one -> one.in(other)).orElse(other);
        files.put(
            DhcpConfigs.CHAINED_FILE,
            new ImageMaker(chained, keys.efiSigner())
                .make(Forms.EFI, rack, BootScripts.render(rack, chained))
                .bytes());
      }
      files.put("zboot.ipxe", script.bytes());
      files.put("dnsmasq.conf", text(dnsmasq));
      files.put("kea-dhcp4.inc", text(configs.kea()));
      files.put("dhcpd.inc", text(configs.dhcpd()));
      Map<String, String> sums = new LinkedHashMap<>();
      files.forEach((name, bytes) -> sums.put(name, Sha256.hex(bytes)));
      files.put(ChecksumFile.NAME, ChecksumFile.bytes(sums));
      for (var file : List.copyOf(files.entrySet())) {
        keys.signBeside(file.getKey(), file.getValue(), files::put);
      }
      files.forEach(target::write);
      target.complete();
    }
    print(session.streams().err(), rack, ipxe, script, files);
    keys.print(session.streams().err(), "*" + DetachedSignature.EXTENSION);
    if (json) {
      Json.print(
          session.streams().out(),
          fields -> {
            fields.name("form").value("netboot");
            fields.name("folder").value(folder.toString());
            fields.name("files").beginArray();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
              fields.beginObject();
              fields.name("name").value(file.getKey());
              fields.name("size").value(file.getValue().length);
              fields.name("sha256").value(Sha256.hex(file.getValue()));
              fields.endObject();
            }
            fields.endArray();
            SettingsRecord.writeFields(fields, rack, script, ipxe);
            keys.writeFields(fields);
            Json.strings(fields, "warnings", settings.warnings(rack, ipxe));
          });
    }
    new NextSteps(session)
        .run("try it", "try", folder.toString(), "--until", "address")
        .other(
            "serve it",
            "sudo dnsmasq --no-daemon --conf-file="
                + Invocation.quoted(folder.resolve("dnsmasq.conf").toString()))
        .say(json);
    return ExitCode.OK;
  }

  private void print(
      PrintStream err, Rack rack, IpxeCore ipxe, BootScript script, Map<String, byte[]> files) {
    rack.defaults()
        .farmId()
        .ifPresent(
            farm ->
                err.println(
                    "Farm ID "
                        + farm
                        + " on the "
                        + rack.defaults().network().shown()
                        + " network"));
    err.println(
        folder + ": image " + script.imageId().shown() + ", " + String.join(", ", files.keySet()));
    settings.warnings(rack, ipxe).forEach(session.streams()::warning);
  }

  private static Optional<ChainedNodes> chained(IpxeCore core, Set<MacAddress> nodes) {
    if (core.chained().isEmpty() && !nodes.isEmpty()) {
      throw ZbootException.settings(
          core.origin(),
          "has no file that uses the firmware's network driver (snponly.efi)",
          "leave --firmware-driver out, or bring a whole ipxe package with --core");
    }
    return core.chained().map(there -> new ChainedNodes(true, nodes));
  }

  private DhcpConfigs configs(Optional<ChainedNodes> chained) {
    String address = Ipv4Address.parse("server", server).toString();
    String url = httpUrl == null ? "http://" + address + "/" : KernelUrl.parse(httpUrl).value();
    // A quote would end the place in which a configuration holds the URL.
    if (url.contains("\"") || url.contains(",") || url.contains("\\")) {
      throw ZbootException.settings(
          "HTTP URL '" + url + "'",
          "holds a character with a meaning to DHCP servers",
          "leave it out");
    }
    return new DhcpConfigs(address, url.endsWith("/") ? url : url + "/", chained);
  }

  private String absolute() {
    String path = folder.toAbsolutePath().normalize().toString();
    if (!PLAIN_PATH.matcher(path).matches()) {
      throw ZbootException.settings(
          path,
          "holds characters that dnsmasq would not take literally",
          "name a folder of letters, digits and . _ + @ -");
    }
    return path;
  }

  private Optional<DhcpConfigs.Pool> pool(Rack rack) {
    if (range == null) {
      if (router != null) {
        throw ZbootException.settings(
            "--router " + router,
            "is told by whoever gives out the addresses, which is not this server",
            "name the addresses too (--dhcp-range), or leave it out");
      }
      return Optional.empty();
    }
    String[] ends = range.split(",", -1);
    if (ends.length != 2) {
      throw ZbootException.settings(
          "DHCP range '" + range + "'",
          "is not two addresses",
          "write it like 192.0.2.100,192.0.2.199");
    }
    String first = Ipv4Address.parse("DHCP range", ends[0]).toString();
    String last = Ipv4Address.parse("DHCP range", ends[1]).toString();
    if (router == null) {
      throw ZbootException.settings(
          "--dhcp-range " + range,
          "makes a network without a way to the kernel's server",
          "name its router (--router); or leave the range out, then the router gives out the"
              + " addresses");
    }
    String way = Ipv4Address.parse("router", router).toString();
    List<String> dns = rack.defaults().settings().values(Setting.DNS);
    return Optional.of(new DhcpConfigs.Pool(first, last, way, dns.isEmpty() ? List.of(way) : dns));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
