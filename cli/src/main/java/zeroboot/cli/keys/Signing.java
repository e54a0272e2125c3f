package zeroboot.cli.keys;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import zeroboot.cli.output.Target;
import zeroboot.ground.ZbootException;
import zeroboot.image.plan.EfiSigner;
import zeroboot.signing.cms.DetachedSignature;

/**
 * What signs one result.
 *
 * @param target where it goes
 */
public record Signing(SigningKeys keys, Target target) {
  /** Refuses a place for the signature that cannot be written to. */
  public void check() {
    if (keys.signs() && target.fileName() == null) {
      throw ZbootException.usage(
          "--sign-key", "the signature needs a file beside it", "add -o FILE");
    }
    signatureTarget().ifPresent(Target::check);
  }

  /** What signs UEFI files; without a key, something that leaves them alone. */
  public EfiSigner efiSigner() {
    return keys.efiSigner();
  }

  private Optional<Target> signatureTarget() {
    return keys.signs() ? target.beside(DetachedSignature.EXTENSION) : Optional.empty();
  }

  /** Writes the result, and its signature if there is a key for it. */
  public void write(byte[] bytes) {
    Optional<byte[]> signature = keys.signature(bytes);
    target.write(bytes);
    signatureTarget().ifPresent(beside -> beside.write(signature.orElseThrow()));
  }

  public void print(PrintStream err) {
    keys.print(err, target.fileName() + DetachedSignature.EXTENSION);
  }

  /** Fields of a receipt. */
  public void writeFields(JsonWriter json) throws IOException {
    keys.writeFields(json);
    json.name("signature").value(signatureTarget().map(Target::fileName).orElse(null));
  }
}
