package zeroboot.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.spec.ZbootException;

/** Checks all that can be checked of a file or a stick. */
public final class Verification {
  private final ByteSource source;
  private final byte[] bytes;
  private final SignerCheck signers;
  private final List<IpxeCore> known;

  /**
   * What is to be verified.
   *
   * @param source the file or device
   * @param bytes the file; of a device, a few megabytes from its start
   * @param trust whom the user trusts
   * @param now for certificates that expire
   * @param known the iPXE cores that may be in an image
   */
  public Verification(
      ByteSource source, byte[] bytes, Trust trust, Instant now, List<IpxeCore> known) {
    this.source = source;
    this.bytes = bytes;
    this.signers = new SignerCheck(trust, now);
    this.known = known;
  }

  /**
   * The results, in the order of the checks.
   *
   * @param where names the detached signature
   * @param signature the detached signature, if there is one
   * @throws ZbootException (settings) if there is nothing that could be verified
   */
  public List<Check> run(String where, Optional<byte[]> signature) {
    List<Check> checks = new ArrayList<>();
    Optional<Medium> medium = Optional.empty();
    try {
      medium =
          Optional.of(MediumReader.read(source))
              .filter(found -> found.kind() != Medium.Kind.FOREIGN);
    } catch (ZbootException e) {
      if (signature.isEmpty() && !isPe()) {
        throw e;
      }
    }
    Optional<Medium.Found> found = medium.flatMap(Medium::found);
    int size = medium.map(one -> (int) one.imageSize()).orElse(bytes.length);
    byte[] image =
        found
            .map(Medium.Found::content)
            .orElseGet(() -> Arrays.copyOf(bytes, Math.min(size, bytes.length)));
    signature.ifPresent(beside -> checks.add(signers.detached(where, beside, image)));
    if (medium.isPresent()) {
      checks.addAll(new MediumCheck(medium.get(), image, signers, known).run());
    } else if (isPe()) {
      checks.addAll(signers.inside("UEFI file", bytes));
    }
    if (found.isPresent()) {
      checks.add(
          Check.note("around it", "only " + found.get().shown() + " was verified, nothing else"));
    } else if (medium.isPresent() && size < bytes.length) {
      checks.add(Check.note("behind it", "more bytes follow, which are not part of the image"));
    }
    if (checks.isEmpty()) {
      throw ZbootException.settings(
          source.name(),
          "holds no signature, and is none of zboot's media",
          "give an image made by zboot, or add --signature FILE");
    }
    if (signature.isEmpty()) {
      checks.add(0, Check.note("signature", "there is none beside it"));
    }
    return checks;
  }

  private boolean isPe() {
    return bytes.length > 2 && bytes[0] == 'M' && bytes[1] == 'Z';
  }
}
