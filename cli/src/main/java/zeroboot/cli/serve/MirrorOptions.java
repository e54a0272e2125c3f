package zeroboot.cli.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.profile.Profile;
import zeroboot.server.files.BootFiles;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.LocalInterface;
import zeroboot.signing.keys.TlsRoot;

/** The mirror for kernels, and how nodes reach it. */
final class MirrorOptions {
  private static final int HTTPS = 443;

  /** What anybody may open. */
  private static final int HTTPS_WITHOUT_ROOT = 8443;

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      hidden = true,
      description =
          "Of the mirror, with --secure-boot-key, or of --tls-cert. Default: 443; 8443 with"
              + " --http-only or --public.")
  int httpsPort;

  @Option(
      names = "--mirror",
      paramLabel = "DIR",
      description =
          "Keep kernels here: each is fetched once. With --trust-root (not --public): under that"
              + " root alone.")
  @Nullable Path mirror;

  @Option(
      names = "--kernel-hash",
      paramLabel = "HEX",
      description = "Give out kernels with this hash alone. Repeatable.")
  List<String> kernelHashes = new ArrayList<>();

  /** Whether anything was said of a mirror. */
  boolean isGiven() {
    return mirror != null || !kernelHashes.isEmpty();
  }

  /** Refuses what cannot be meant, before anything is opened. */
  void check() {
    if (!kernelHashes.isEmpty() && mirror == null) {
      throw ZbootException.usage(
          "--kernel-hash",
          "has no effect without --mirror: nodes fetch past this server",
          "add --mirror DIR");
    }
    wanted();
  }

  private Set<String> wanted() {
    Set<String> wanted = new HashSet<>();
    for (String text : kernelHashes) {
      String hash = text.toLowerCase(Locale.ROOT);
      if (!Sha256.isHex(hash)) {
        throw ZbootException.usage(
            "--kernel-hash " + text, "is not a SHA-256 in hexadecimal", "sha256sum FILE prints it");
      }
      wanted.add(hash);
    }
    return wanted;
  }

  /**
   * The mirror, if there is to be one; to be closed.
   *
   * @param root the one that servers of kernels have to lead to; empty for any that Java trusts
   */
  Optional<KernelMirror> open(Optional<TlsRoot> root, Clock clock, Consumer<String> log) {
    return Optional.ofNullable(mirror)
        .map(folder -> KernelMirror.open(folder, wanted(), root.map(TlsRoot::context), clock, log));
  }

  /**
   * With a key for Secure Boot the mirror is one that nobody on the network can stand in for.
   *
   * @param signs whether there is such a key
   */
  Optional<SealedMirror> sealed(
      boolean signs, boolean httpOnly, Instant now, List<LocalInterface> chosen) {
    if (mirror == null || !signs) {
      if (httpsPort != 0) {
        throw ZbootException.usage(
            "--https-port",
            "has no effect without --mirror and --secure-boot-key: only then there is HTTPS",
            "leave it out");
      }
      return Optional.empty();
    }
    int port = port("--https-port", httpsPort, httpOnly ? HTTPS_WITHOUT_ROOT : HTTPS);
    return Optional.of(SealedMirror.in(mirror, now, chosen, port));
  }

  /** What a profile wants of the kernels that go through the mirror. */
  KernelChecks checks(SettingsOptions settings, Profile profile, Clock clock) {
    return KernelChecks.of(settings, profile, mirror != null, clock);
  }

  /**
   * How each kind of file is made.
   *
   * @param plain the core, with iPXE's own root
   * @param told the root that loaders trust instead, unless they trust the mirror's
   */
  static Map<BootFiles.Kind, ServeFiles.Recipe> recipes(
      IpxeCore plain,
      Optional<TrustRoot> told,
      EfiSigner signer,
      List<LocalInterface> chosen,
      int port,
      Optional<KernelMirror> kernels,
      Optional<SealedMirror> sealed) {
    IpxeCore core = with(told, plain);
    if (sealed.isEmpty()) {
      Optional<ServeRacks.Mirrored> by =
          kernels.map(all -> new ServeRacks.Mirrored(all, false, port, false));
      ServeRacks racks = new ServeRacks(chosen, port, by);
      return withChained(
          ServeFiles.alike(core, new ImageMaker(core, signer), racks),
          plain.chained().map(one -> recipe(with(told, one), signer, racks)));
    }
    TrustRoot root = sealed.get().root().trust();
    Optional<ServeRacks.Mirrored> by =
        kernels.map(all -> new ServeRacks.Mirrored(all, true, sealed.get().tls().port(), false));
    ServeRacks mirrored = new ServeRacks(chosen, port, by);
    return withChained(
        Map.of(
            // BIOS machines take a loader from whoever answers first: the mirror's root in it
            // promises nothing.
            BootFiles.Kind.LKRN,
            new ServeFiles.Recipe(
                core,
                new ImageMaker(core),
                new ServeRacks(
                    chosen,
                    port,
                    kernels.map(all -> new ServeRacks.Mirrored(all, false, port, true)))),
            BootFiles.Kind.EFI,
            recipe(root.in(plain), signer, mirrored)),
        plain.chained().map(one -> recipe(root.in(one), signer, mirrored)));
  }

  private static IpxeCore with(Optional<TrustRoot> root, IpxeCore core) {
    return root.map(one -> one.in(core)).orElse(core);
  }

  private static ServeFiles.Recipe recipe(IpxeCore core, EfiSigner signer, ServeRacks racks) {
    return new ServeFiles.Recipe(core, new ImageMaker(core, signer), racks);
  }

  private static Map<BootFiles.Kind, ServeFiles.Recipe> withChained(
      Map<BootFiles.Kind, ServeFiles.Recipe> recipes, Optional<ServeFiles.Recipe> chained) {
    Map<BootFiles.Kind, ServeFiles.Recipe> all = new EnumMap<>(recipes);
    chained.ifPresent(recipe -> all.put(BootFiles.Kind.CHAINED, recipe));
    return all;
  }

  /** A port that was told, or the usual one. */
  static int port(String option, int told, int usual) {
    if (told < 0 || told > 65_535) {
      throw ZbootException.usage(option + " " + told, "is not a port", usual + " is usual");
    }
    return told == 0 ? usual : told;
  }
}
