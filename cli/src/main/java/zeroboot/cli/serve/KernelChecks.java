package zeroboot.cli.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.ground.ZbootException;
import zeroboot.profile.KernelProof;
import zeroboot.profile.Profile;
import zeroboot.server.mirror.KernelCheck;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelUrl;

/**
 * How the kernels of a profile's nodes are proved. What one node wants of a URL holds for all that
 * fetch it.
 *
 * @param byUrl of every URL that a node may fetch
 */
public record KernelChecks(Map<String, KernelCheck> byUrl) {
  /** Copies its map. */
  public KernelChecks {
    byUrl = Map.copyOf(byUrl);
  }

  /**
   * Those of a profile.
   *
   * @param hasMirror whether there is anybody to look; a profile that wants it is refused if not
   * @throws ZbootException (settings) if two nodes want different things of one URL, or a value is
   *     not acceptable; (usage, I/O) if a certificate cannot be read
   */
  public static KernelChecks of(
      SettingsOptions settings, Profile profile, boolean hasMirror, Clock clock) {
    Maker maker = new Maker(hasMirror, clock);
    Optional<Profile.Node> one = settings.node(profile);
    if (one.isEmpty()) {
      maker.add(settings.defaults(profile), profile.proof());
    }
    for (Profile.Node each : one.map(List::of).orElse(profile.nodes())) {
      maker.add(settings.spec(profile, each), profile.proof().and(each.proof()));
    }
    return new KernelChecks(maker.byUrl);
  }

  /** What a kernel has to be. */
  KernelCheck of(KernelUrl url) {
    return byUrl.getOrDefault(url.value(), KernelCheck.NONE);
  }

  private static final class Maker {
    final Map<String, KernelCheck> byUrl = new HashMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private final Map<List<KernelProof.Value>, Trust> signers = new HashMap<>();
    private final boolean hasMirror;
    private final Clock clock;

    Maker(boolean hasMirror, Clock clock) {
      this.hasMirror = hasMirror;
      this.clock = clock;
    }

    void add(BootSpec spec, KernelProof proof) {
      if (!proof.values().isEmpty()) {
        refuseWithoutEffect(spec, proof);
      }
      for (KernelUrl url : spec.kernelUrls()) {
        KernelCheck check = check(proof, url);
        KernelCheck before = byUrl.getOrDefault(url.value(), KernelCheck.NONE);
        if (before.asks() && check.asks() && !before.equals(check)) {
          throw ZbootException.settings(
              proof.origin(),
              "the kernel " + url + " is proved otherwise at " + origins.get(url.value()),
              "let both say the same, or give each a kernel-url of its own");
        }
        if (check.asks()) {
          origins.put(url.value(), proof.origin());
        }
        byUrl.put(url.value(), check.asks() ? check : before);
      }
    }

    private void refuseWithoutEffect(BootSpec spec, KernelProof proof) {
      if (proof.get(KernelProof.SIGNER).isEmpty() && !proof.get(KernelProof.SIGNATURE).isEmpty()) {
        throw ZbootException.settings(
            proof.get(KernelProof.SIGNATURE).get(0).origin(),
            "a signature proves nothing as long as nobody says whose it has to be",
            "add " + KernelProof.SIGNER + ": CERT");
      }
      if (!hasMirror) {
        throw ZbootException.settings(
            proof.origin(),
            "kernels are proved by a mirror alone: nodes fetch past this server",
            "add --mirror DIR");
      }
      if (spec.kernelUrls().isEmpty()) {
        throw ZbootException.settings(
            proof.origin(),
            "has no effect with a provision-url: that server tells each node its kernel",
            "leave one of them out");
      }
    }

    private KernelCheck check(KernelProof proof, KernelUrl url) {
      Set<String> hashes =
          proof.get(KernelProof.SHA256).stream()
              .map(KernelProof.Value::text)
              .collect(Collectors.toSet());
      List<KernelProof.Value> signer = proof.get(KernelProof.SIGNER);
      if (signer.isEmpty()) {
        return new KernelCheck(hashes, Optional.empty());
      }
      Trust trust =
          signers.computeIfAbsent(
              signer, all -> Trust.of(all.stream().map(value -> Path.of(value.text())).toList()));
      String place =
          proof.get(KernelProof.SIGNATURE).stream()
              .map(KernelProof.Value::text)
              .findFirst()
              .orElseGet(() -> beside(url.value()));
      return new KernelCheck(
          hashes, Optional.of(new KernelCheck.Signature(place, new KernelSigner(trust, clock))));
    }

    /** Behind the path; a query stays what it is. */
    private static String beside(String url) {
      int query = url.indexOf('?');
      int end = query < 0 ? url.length() : query;
      return url.substring(0, end) + DetachedSignature.EXTENSION + url.substring(end);
    }
  }
}
