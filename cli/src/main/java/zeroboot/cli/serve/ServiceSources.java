package zeroboot.cli.serve;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.cli.console.Needs;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.service.KernelOptions;
import zeroboot.signing.keys.KeyRights;

/** What the public service gives out besides images: kernels, and scripts for nodes. */
final class ServiceSources {
  private static final int SHORTEST_TOKEN = 32;

  @Option(
      names = "--kernels",
      paramLabel = "DIR",
      hidden = true,
      description = "With --public: give out the kernels in this folder, at /kernel.")
  @Nullable Path kernels;

  @Option(
      names = "--publish-token",
      paramLabel = "FILE",
      hidden = true,
      description = "Who has the token in this file may put kernels into --kernels.")
  @Nullable Path publishToken;

  @Option(
      names = "--publish-cert",
      paramLabel = "CERT",
      hidden = true,
      description =
          "A kernel that is put there has to be signed for Secure Boot by this certificate, or"
              + " under it. Repeatable.")
  List<Path> publishCertificates = new ArrayList<>();

  @Option(
      names = "--provision",
      paramLabel = "FILE|DIR",
      hidden = true,
      description = "With --public: tell nodes by these profiles what to do, at /provision/MAC.")
  @Nullable Path provision;

  /** Refuses all of them where there is no service. */
  void refuseAlone() {
    Needs.check("--kernels", kernels != null, PublicOptions.PUBLIC, false);
    Needs.check("--publish-token", publishToken != null, PublicOptions.PUBLIC, false);
    Needs.check("--publish-cert", !publishCertificates.isEmpty(), PublicOptions.PUBLIC, false);
    Needs.check("--provision", provision != null, PublicOptions.PUBLIC, false);
  }

  /** The profiles that nodes are told by, if there are any. */
  Optional<ProvisionFolder> nodes() {
    return Optional.ofNullable(provision).map(ProvisionFolder::open);
  }

  /**
   * The kernels.
   *
   * @param mirror where others' are kept; to be closed with the service
   */
  KernelOptions kernels(MirrorOptions mirror, Clock clock, Consumer<String> log) {
    mirror.check();
    if (kernels == null) {
      Needs.check("--publish-token", publishToken != null, "--kernels", false);
    } else if (mirror.isGiven()) {
      throw ZbootException.usage(
          "--kernels", "takes the place of --mirror: a kernel is here or elsewhere", "give one");
    }
    Needs.check(
        "--publish-cert", !publishCertificates.isEmpty(), "--publish-token", publishToken != null);
    Optional<KernelOptions.Publishing> publishing =
        Optional.ofNullable(publishToken)
            .map(
                file ->
                    new KernelOptions.Publishing(
                        token(file), KernelJudge.of(publishCertificates, clock)));
    // The networks' kernels come from their own server, under whatever root images trust.
    Optional<KernelMirror> open = mirror.open(Optional.empty(), clock, log);
    return new KernelOptions(Optional.ofNullable(kernels), publishing, open);
  }

  private static String token(Path file) {
    KeyRights.require(file, "the token");
    String token =
        new String(BoundedReader.file(file, InputKind.KEY), StandardCharsets.UTF_8).strip();
    if (token.length() < SHORTEST_TOKEN || !token.matches("[!-~]+")) {
      throw ZbootException.settings(
          file.toString(),
          "holds no token: one line of " + SHORTEST_TOKEN + " characters or more",
          "make one with: openssl rand -hex 32");
    }
    return token;
  }
}
