package zeroboot.signing.keys;

import java.time.Instant;
import java.util.Set;
import zeroboot.ground.ZbootException;

/**
 * What keys are to be made.
 *
 * @param name whose keys they are, as certificates and firmware menus show it
 * @param bits size of the RSA keys; all firmware knows 2048, some no more
 * @param years how long the certificates are valid
 * @param now when they begin to be
 */
public record KeySetPlan(String name, int bits, int years, Instant now) {
  private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

  /** A common name has 64 characters at most (RFC 5280, appendix A.1); " sign" comes behind. */
  private static final int MAX_NAME = 59;

  private static final int MAX_YEARS = 50;

  /** Refuses what no certificate could say. */
  public KeySetPlan {
    if (name.isBlank()
        || name.length() > MAX_NAME
        || !name.equals(name.strip())
        || name.chars().anyMatch(Character::isISOControl)) {
      throw ZbootException.settings(
          "--name",
          "'" + name + "' is not a name for a certificate",
          "give 1 to " + MAX_NAME + " characters, like \"Example farm\"");
    }
    if (!SIZES.contains(bits)) {
      throw ZbootException.settings(
          "--bits", bits + " is no usual size of an RSA key", "give 2048, 3072 or 4096");
    }
    if (years < 1 || years > MAX_YEARS) {
      throw ZbootException.settings(
          "--years", years + " is out of range", "give 1 to " + MAX_YEARS);
    }
  }
}
