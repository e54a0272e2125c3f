package zeroboot.cli.keys;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Background;
import zeroboot.image.plan.EfiSigner;
import zeroboot.signing.SecureBootSigner;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.KeyPurpose;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;

/**
 * The keys that sign results. Most runs have none and need not even load what a key is; a lambda
 * that takes one would load it.
 *
 * @param secureBoot signs their UEFI files
 * @param opening signs the whole of each; may still be on its way, as it is needed last
 */
public record SigningKeys(
    Optional<SigningKey> secureBoot, Optional<Background<SigningKey>> opening) {
  /** Opens a key that can serve. */
  static SigningKey open(
      String key,
      @Nullable Path certificate,
      PasswordOption password,
      KeyPurpose purpose,
      Clock clock) {
    return KeyReader.open(key, Optional.ofNullable(certificate), password::password)
        .fitFor(purpose, clock.instant());
  }

  /** The same, now or {@code early}, in the background. */
  static Background<SigningKey> open(
      String key,
      @Nullable Path certificate,
      PasswordOption password,
      KeyPurpose purpose,
      Clock clock,
      boolean early) {
    Callable<SigningKey> work = () -> open(key, certificate, password, purpose, clock);
    return early ? Background.start(work) : Background.done(work);
  }

  /** Whether results get a signature beside them. */
  public boolean signs() {
    return opening.isPresent();
  }

  /** What signs the whole of each result: waits for it, or throws what kept it from opening. */
  Optional<SigningKey> sign() {
    return signs() ? Optional.of(opening.get().get()) : Optional.empty();
  }

  /** These keys when all are open, for those who write before they sign. */
  public SigningKeys opened() {
    sign();
    return this;
  }

  /** What signs UEFI files; without a key, something that leaves them alone. */
  public EfiSigner efiSigner() {
    return secureBoot.isEmpty() ? EfiSigner.NONE : new SecureBootSigner(secureBoot.get());
  }

  /** Gives the signature of a file to {@code to}, under its own name, if there is a key for it. */
  public void signBeside(String name, byte[] bytes, BiConsumer<String, byte[]> to) {
    signature(bytes).ifPresent(made -> to.accept(name + DetachedSignature.EXTENSION, made));
  }

  /** The signature to lie beside a file with these bytes, if there is a key for it. */
  public Optional<byte[]> signature(byte[] bytes) {
    return signs()
        ? Optional.of(DetachedSignature.make(bytes, sign().orElseThrow(), Optional.empty()))
        : Optional.empty();
  }

  /**
   * Says who signed.
   *
   * @param signed what the key for whole results was for
   */
  public void print(PrintStream err, String signed) {
    if (secureBoot.isPresent()) {
      err.println("Secure Boot: signed by " + shown(secureBoot.get()));
    }
    if (signs()) {
      err.println(signed + ": signed by " + shown(sign().orElseThrow()));
    }
  }

  private static String shown(SigningKey key) {
    CertificateInfo info = CertificateInfo.of(key.certificate());
    return info.subject() + ", SHA-256 " + info.sha256();
  }

  /** The certificates as fields, null for a key that there is not. */
  public void writeFields(JsonWriter json) throws IOException {
    json.name("secureBootCertificate");
    writeCertificate(json, secureBoot);
    json.name("signatureCertificate");
    writeCertificate(json, sign());
  }

  private static void writeCertificate(JsonWriter json, Optional<SigningKey> key)
      throws IOException {
    if (key.isPresent()) {
      CertificateJson.write(json, CertificateInfo.of(key.get().certificate()));
    } else {
      json.nullValue();
    }
  }
}
