package zeroboot.cli.serve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.cli.console.Session;
import zeroboot.ground.ZbootException;

/** Whether images are made for everybody, and how they reach the service. */
final class PublicOptions {
  @Option(names = "--public", description = "Only make images for whoever asks by URL; no root.")
  boolean isPublic;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      hidden = true,
      description = "With --public: how visitors reach it, https://boot.example.com.")
  @Nullable String publicUrl;

  /**
   * The service, if there is to be one.
   *
   * @param isForNodes whether options say what only nodes could be told
   * @throws ZbootException (usage) if they do
   */
  Optional<PublicService> service(
      Session session, NetworkOptions networks, int port, boolean isForNodes) {
    if (!isPublic) {
      if (publicUrl != null) {
        throw ZbootException.usage("--public-url", "has no effect without --public", "add it");
      }
      return Optional.empty();
    }
    if (isForNodes || networks.isChoice()) {
      throw ZbootException.usage(
          "--public",
          "visitors say what they want, and everybody gets the same for it",
          "leave out all other options but --address, --http-port, --public-url and --core");
    }
    return Optional.of(
        new PublicService(session, networks.address(), port, Optional.ofNullable(publicUrl)));
  }
}
