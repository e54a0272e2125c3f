package zeroboot.cli.keys;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.Background;
import zeroboot.cli.console.Needs;
import zeroboot.cli.console.Session;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.signing.keys.KeyPurpose;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;
import zeroboot.signing.keys.TlsRoot;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** What signs a result, and what it trusts: options of every making command. */
public final class SigningOptions {
  private static final String SECURE_BOOT_KEY = "--secure-boot-key";
  private static final String SIGN_KEY = "--sign-key";

  @Option(
      names = SECURE_BOOT_KEY,
      paramLabel = "KEY",
      description = "Sign for Secure Boot with it: db.p12, say.")
  @Nullable String secureBootKey;

  @Option(
      names = "--secure-boot-cert",
      paramLabel = "CERT",
      hidden = true,
      description = "The certificate, for a PEM key without.")
  @Nullable Path secureBootCertificate;

  @Option(
      names = SIGN_KEY,
      paramLabel = "KEY",
      description = "Write a signature beside the result, FILE.sig.")
  @Nullable String signKey;

  @Option(
      names = "--sign-cert",
      paramLabel = "CERT",
      hidden = true,
      description = "The certificate, for a PEM key without.")
  @Nullable Path signCertificate;

  @Option(
      names = "--allow-plain-http",
      hidden = true,
      description = "With --secure-boot-key: allow kernels and scripts from servers without TLS.")
  boolean isPlainHttpAllowed;

  @Option(
      names = "--trust-root",
      paramLabel = "CERT",
      description = "Trust HTTPS under this root alone.")
  @Nullable Path trustRoot;

  @Mixin final PasswordOption password;

  private final Clock clock;

  public SigningOptions(Session session) {
    password = new PasswordOption(session.environment());
    clock = session.clock();
  }

  /** Whether a key is named on this command line, before anybody has read it. */
  public static boolean areAmong(String[] args) {
    for (String arg : args) {
      if (arg.startsWith(SECURE_BOOT_KEY) || arg.startsWith(SIGN_KEY)) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything is to be signed, or another root trusted. */
  public boolean isGiven() {
    return secureBootKey != null || signKey != null || trustRoot != null || isPlainHttpAllowed;
  }

  /**
   * Opens the keys, unless they cannot serve. The one that signs last may fail as late as that.
   *
   * @param results what boots each result; nothing for a script
   * @param racks what the results are told, which has to be fit for the key
   */
  public SigningKeys open(List<TargetFirmware> results, List<Rack> racks) {
    if (secureBootKey != null
        && results.stream().noneMatch(one -> one.paths().contains(BootPath.UEFI_X64))) {
      throw ZbootException.usage(
          SECURE_BOOT_KEY,
          "there is no UEFI file in this result to be signed",
          "leave it out, or make one for UEFI machines");
    }
    Needs.check(
        "--secure-boot-cert", secureBootCertificate != null, SECURE_BOOT_KEY, opensKeyFirst());
    Needs.check("--sign-cert", signCertificate != null, SIGN_KEY, signKey != null);
    refuseTrustRoot(results);
    if (secureBootKey != null) {
      racks.forEach(rack -> rack.checkSealed(isPlainHttpAllowed));
    } else if (isPlainHttpAllowed) {
      throw ZbootException.usage(
          "--allow-plain-http",
          "has no effect without --secure-boot-key: only there plain HTTP is refused",
          "leave it out");
    }
    // Without a key not even the classes of signing are loaded: most runs sign nothing.
    Optional<Background<SigningKey>> early = openSignKey(true);
    Optional<SigningKey> secureBoot =
        secureBootKey == null
            ? Optional.empty()
            : Optional.of(
                SigningKeys.open(
                    secureBootKey, secureBootCertificate, password, KeyPurpose.SECURE_BOOT, clock));
    return new SigningKeys(secureBoot, early.or(() -> openSignKey(false)));
  }

  /** Opens the key for whole results, if this is its time: early, or after the other one. */
  private Optional<Background<SigningKey>> openSignKey(boolean early) {
    String key = signKey;
    if (key == null || opensAlone(key) != early) {
      return Optional.empty();
    }
    return Optional.of(
        SigningKeys.open(key, signCertificate, password, KeyPurpose.CODE, clock, early));
  }

  /** Whether opening a key asks nobody anything, at a terminal or at a token, so may go unseen. */
  private boolean opensAlone(String key) {
    return password.isKnown() && !KeyReader.isToken(key);
  }

  /** Whether a key was named that is needed before anything can be made. */
  public boolean opensKeyFirst() {
    return secureBootKey != null;
  }

  /**
   * Refuses what must not be signed for Secure Boot, if that is asked for.
   *
   * @throws ZbootException (settings) if it must not
   */
  public void checkSealed(Rack rack) {
    if (secureBootKey != null) {
      rack.checkSealed(isPlainHttpAllowed);
    }
  }

  /** Refuses a key for whole results where these are no files. */
  public void refuseSignKey() {
    if (signKey != null) {
      throw ZbootException.usage(
          SIGN_KEY, "nothing is written that a signature could lie beside", "leave it out");
    }
  }

  private void refuseTrustRoot(List<TargetFirmware> results) {
    if (trustRoot == null) {
      return;
    }
    if (results.isEmpty()) {
      throw ZbootException.usage(
          "--trust-root", "what a script may fetch is up to the iPXE that runs it", "leave it out");
    }
  }

  /** The core, with the root that was asked for. */
  public IpxeCore pinned(IpxeCore core) {
    // A lambda that takes a root would load its class, and signing's with it, in every run.
    return trustRoot == null
        ? core
        : TlsRoot.read(trustRoot, clock.instant(), core).trust().in(core);
  }

  /**
   * The root that was asked for.
   *
   * @param core has to be able to check servers under it
   */
  public Optional<TlsRoot> root(IpxeCore core) {
    return Optional.ofNullable(trustRoot).map(file -> TlsRoot.read(file, clock.instant(), core));
  }
}
