package zeroboot.cli.serve;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.cli.console.Needs;
import zeroboot.cli.console.Session;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.AddressBlock;
import zeroboot.server.service.ServiceOptions;
import zeroboot.signing.keys.RenewedCertificate;

/** Whether images are made for everybody, and how they reach the service. */
final class PublicOptions {
  /** The option that makes a service. */
  static final String PUBLIC = "--public";

  private static final String USUAL_RATE = "100";
  private static final int LONGEST_DRAIN = 600;

  @Option(names = PUBLIC, description = "Only make images for whoever asks by URL; no root.")
  boolean isPublic;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      hidden = true,
      description = "With --public: how visitors reach it, https://boot.example.com.")
  @Nullable String publicUrl;

  @Option(
      names = "--proxy",
      paramLabel = "CIDR",
      hidden = true,
      description =
          "With --public: believe what proxies at these addresses say of visitors. Repeatable.")
  List<String> proxies = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "N",
      hidden = true,
      description =
          "With --public: requests a second of one visitor; 0: no limit. Default: "
              + USUAL_RATE
              + ".")
  @Nullable String rate;

  @Option(
      names = "--tls-cert",
      paramLabel = "CERT",
      hidden = true,
      description = "With --public: speak HTTPS with this certificate and those above it, PEM.")
  @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "KEY",
      hidden = true,
      description = "The key of --tls-cert, PEM. Both are read again when they change.")
  @Nullable Path tlsKey;

  @Option(
      names = "--log-visitors",
      hidden = true,
      description = "With --public: log the visitor's address and all of the URL.")
  boolean logsVisitors;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      hidden = true,
      description = "With --public: when told to end, say not ready for so long first.")
  @Nullable String drain;

  /**
   * The service, if there is to be one.
   *
   * @param ports those of HTTP and HTTPS, 0 for none that was named
   * @param isForNodes whether options say what only nodes could be told
   * @throws ZbootException (usage) if they do
   */
  Optional<PublicService> service(
      Session session, NetworkOptions networks, Ports ports, boolean isForNodes) {
    if (!isPublic) {
      refuseAlone();
      return Optional.empty();
    }
    if (isForNodes || networks.isChoice()) {
      throw ZbootException.usage(
          PUBLIC,
          "visitors say what they want, and everybody gets the same for it",
          "leave out what is for nodes; docs/service.md has the options of the service");
    }
    Optional<RenewedCertificate> certificate = certificate(session, ports);
    return Optional.of(
        new PublicService(
            session, options(networks.addressText(), ports, certificate), certificate));
  }

  /** Ports that were named; 0 for none. */
  record Ports(int http, int https) {
    private static final int HTTP = 8080;
    private static final int HTTPS = 8443;
  }

  private void refuseAlone() {
    Needs.check("--public-url", publicUrl != null, PUBLIC, false);
    Needs.check("--proxy", !proxies.isEmpty(), PUBLIC, false);
    Needs.check("--rate", rate != null, PUBLIC, false);
    Needs.check("--tls-cert", tlsCertificate != null, PUBLIC, false);
    Needs.check("--tls-key", tlsKey != null, PUBLIC, false);
    Needs.check("--log-visitors", logsVisitors, PUBLIC, false);
    Needs.check("--drain", drain != null, PUBLIC, false);
  }

  private Optional<RenewedCertificate> certificate(Session session, Ports ports) {
    Path file = tlsCertificate;
    Path key = tlsKey;
    if (file == null && key == null) {
      if (ports.https() != 0) {
        throw ZbootException.usage(
            "--https-port", "has no effect without --tls-cert and --tls-key", "add them");
      }
      return Optional.empty();
    }
    Needs.check("--tls-cert", file != null, "--tls-key", key != null);
    Needs.check("--tls-key", key != null, "--tls-cert", file != null);
    return Optional.of(
        RenewedCertificate.open(
            Objects.requireNonNull(file), Objects.requireNonNull(key), session.clock().instant()));
  }

  private ServiceOptions options(
      Optional<String> address, Ports ports, Optional<RenewedCertificate> certificate) {
    boolean isPlain = certificate.isEmpty() || ports.http() != 0;
    Optional<InetSocketAddress> plain =
        isPlain
            ? Optional.of(
                ListenAddress.of(
                    address, MirrorOptions.port("--http-port", ports.http(), Ports.HTTP)))
            : Optional.empty();
    Optional<ServiceOptions.Tls> tls =
        certificate.map(
            one ->
                new ServiceOptions.Tls(
                    ListenAddress.of(
                        address, MirrorOptions.port("--https-port", ports.https(), Ports.HTTPS)),
                    one.context()));
    return new ServiceOptions(
        plain,
        tls,
        Optional.ofNullable(publicUrl).map(PublicOptions::base),
        proxies.stream().map(PublicOptions::block).toList(),
        number("--rate", rate == null ? USUAL_RATE : rate, 100_000),
        logsVisitors,
        Duration.ofSeconds(number("--drain", drain == null ? "0" : drain, LONGEST_DRAIN)));
  }

  private static AddressBlock block(String text) {
    return AddressBlock.parse(text)
        .orElseThrow(
            () ->
                ZbootException.usage(
                    "--proxy " + text,
                    "is no block of addresses",
                    "write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32"));
  }

  private static int number(String option, String text, int most) {
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) {
      throw ZbootException.usage(
          option + " " + text, "is not a whole number from 0 to " + most, "give one in that range");
    }
    return Integer.parseInt(text);
  }

  /** The URL without a slash at its end: addresses begin with one. */
  private static String base(String text) {
    try {
      URI uri = new URI(text).parseServerAuthority();
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isPlain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      boolean isRoot = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if (scheme.matches("https?") && uri.getHost() != null && isPlain && isRoot) {
        return scheme + "://" + uri.getRawAuthority();
      }
    } catch (URISyntaxException e) {
      // refused below
    }
    throw ZbootException.usage(
        "--public-url " + text,
        "is not the URL of a server",
        "write it like https://boot.example.com");
  }
}
