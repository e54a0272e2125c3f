package zeroboot.cli.keys;

import java.util.List;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.MediumReader;
import zeroboot.medium.Finding;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.spec.Rack;

/**
 * What somebody wants to sign for Secure Boot. Whatever is signed starts alone, from any stick: so
 * no iPXE, which runs whatever script lies beside it, and of zboot's own files only those that
 * {@code --secure-boot-key} would have signed.
 */
final class SecureBootSubject {
  private static final String UNCHECKED = "; or add --unchecked if you know what it starts";

  private SecureBootSubject() {}

  /**
   * Refuses what would start anything.
   *
   * @param known the cores that may be in a file of zboot's
   * @throws ZbootException (settings)
   */
  static void check(String name, byte[] efi, List<IpxeCore> known) {
    if (MediumReader.holdsLoader(efi)) {
      checkSealed(name, efi, known);
    } else if (IpxeCore.isIpxe(efi)) {
      throw ZbootException.settings(
          name,
          "is an iPXE, which starts everything that you have signed with any script that lies"
              + " beside it",
          "make an image with --secure-boot-key instead, which signs no iPXE" + UNCHECKED);
    }
  }

  private static void checkSealed(String name, byte[] efi, List<IpxeCore> known) {
    Verdict verdict = Judge.of(ByteSource.of(name, efi), known);
    List<Finding> failures = verdict.failures();
    if (!verdict.isAsMade() || verdict.facts().rack().isEmpty()) {
      throw ZbootException.settings(
          name,
          "has zboot's loader in it, but is not as this zboot makes it"
              + (failures.isEmpty() ? "" : ": " + failures.get(0).what()),
          "make it again with --secure-boot-key" + UNCHECKED);
    }
    checkRack(name, verdict.facts().rack().get());
  }

  private static void checkRack(String name, Rack rack) {
    try {
      rack.checkSealed(false);
    } catch (ZbootException e) {
      throw ZbootException.settings(
          name,
          "is not fit for Secure Boot: " + e.found(),
          "make it again with --secure-boot-key" + UNCHECKED);
    }
  }
}
