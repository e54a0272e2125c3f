package zeroboot.cli.deploy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.bmc.link.Times;
import zeroboot.ground.ZbootException;

/** Addresses, ports, and how much at once. */
final class DeployNetwork {
  private static final int MOST_AT_ONCE = 256;

  @Option(
      names = "--address",
      paramLabel = "A.B.C.D",
      description = "Tell controllers this address of this machine. Default: the one they reach.")
  @Nullable String address;

  @Option(
      names = "--node-address",
      paramLabel = "A.B.C.D",
      description = "Tell nodes this one, where their network is another.")
  @Nullable String nodeAddress;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Give images there. Default: 8080; 0 takes any.")
  int httpPort = 8080;

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      description = "For controllers that want HTTPS. Default: 8443.")
  int httpsPort = 8443;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "Controllers that are worked on at a time. Default: 16.")
  int atOnce = 16;

  @Option(
      names = "--poll",
      paramLabel = "MILLISECONDS",
      hidden = true,
      description = "Between two looks at what a controller says. Default: 2000.")
  int pollMillis = 2000;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      hidden = true,
      description = "Until a machine reads as switched, or a drive as full. Default: 60.")
  int patienceSeconds = 60;

  @Option(
      names = "--look",
      paramLabel = "SECONDS",
      hidden = true,
      description = "For all that a controller is asked before anything is changed. Default: 180.")
  int lookSeconds = 180;

  void check() {
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw ZbootException.usage(
          "--at-once " + atOnce, "is out of range", "use 1 to " + MOST_AT_ONCE);
    }
    port("--http-port", httpPort);
    port("--https-port", httpsPort);
    if (pollMillis < 1 || pollMillis > 60_000) {
      throw ZbootException.usage("--poll " + pollMillis, "is out of range", "use 1 to 60000");
    }
    if (patienceSeconds < 1 || patienceSeconds > 3600) {
      throw ZbootException.usage(
          "--patience " + patienceSeconds, "is out of range", "use 1 to 3600");
    }
    if (lookSeconds < 1 || lookSeconds > 3600) {
      throw ZbootException.usage("--look " + lookSeconds, "is out of range", "use 1 to 3600");
    }
    here();
    nodes();
  }

  Duration look() {
    return Duration.ofSeconds(lookSeconds);
  }

  private static void port(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw ZbootException.usage(option + " " + port, "is no port", "8080 is usual");
    }
  }

  Optional<InetAddress> here() {
    return parse("--address", address);
  }

  Optional<InetAddress> nodes() {
    return parse("--node-address", nodeAddress);
  }

  private static Optional<InetAddress> parse(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.matches("[0-9.]{7,15}")) {
        return Optional.of(InetAddress.getByName(text));
      }
    } catch (UnknownHostException e) {
      // as below
    }
    throw ZbootException.usage(
        option + " " + text, "is no IPv4 address", "write it like 192.0.2.3");
  }

  Times times(Times usual) {
    return new Times(
        usual.connect(),
        usual.read(),
        usual.insert(),
        Duration.ofSeconds(patienceSeconds),
        usual.busy(),
        Duration.ofMillis(pollMillis));
  }
}
