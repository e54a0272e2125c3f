package zeroboot.signing.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import zeroboot.ground.ZbootException;
import zeroboot.signing.der.BerValue;

/**
 * What a key file asks for before its password can be tried, added up without doing it: the rounds
 * of PBKDF2 (RFC 8018, appendix A.2), of PBES1 (A.3) and of PKCS #12 (RFC 7292, appendix C), and
 * memory and work of scrypt (RFC 7914, section 7). Whoever wrote the file chose them.
 *
 * <p>It is asked twice. {@link #require} looks through a file before anybody is asked for a
 * password, and may miss what is encrypted itself, or written in a way that only others read. So
 * each derivation is paid for as well before it is done ({@link #charge}): that is what holds.
 */
public final class KeyStretching {
  /** Rounds of one derivation: a few seconds. */
  static final long MAX_ROUNDS = 5_000_000;

  /** Of all derivations of a file. */
  static final long MAX_ALL_ROUNDS = 10_000_000;

  /** 128 · N · r, and 256 · p · r, in bytes. */
  static final long MAX_MEMORY = 128 << 20;

  /** N · r · p, of all derivations of a file. */
  static final long MAX_WORK = 1 << 22;

  /** More than any cipher or MAC takes. */
  private static final int MAX_KEY_BYTES = 128;

  /** Of a key: for what is longer than SHA-256 all rounds are done once more. */
  private static final int BLOCK_BYTES = 32;

  /** Many times what anybody writes; scrypt hashes it for each 32 bytes of its memory. */
  private static final int MAX_SALT = 1024;

  private static final int MAX_DEPTH = 32;

  private static final String MAC = "its checksum (PKCS #12 MAC)";
  private static final String PBKDF2 = "2a864886f70d01050c";
  private static final String SCRYPT = "2b06010401da47040b";

  /** {@code pkcs-5}.1 to .11 and {@code pkcs-12PbeIds}.1 to .6: salt and rounds. */
  private static final Set<String> PBE =
      Set.of(
          "2a864886f70d010501",
          "2a864886f70d010503",
          "2a864886f70d010504",
          "2a864886f70d010506",
          "2a864886f70d01050a",
          "2a864886f70d01050b",
          "2a864886f70d010c0101",
          "2a864886f70d010c0102",
          "2a864886f70d010c0103",
          "2a864886f70d010c0104",
          "2a864886f70d010c0105",
          "2a864886f70d010c0106");

  private final String where;
  private BigInteger rounds = BigInteger.ZERO;
  private BigInteger work = BigInteger.ZERO;

  /**
   * Nothing yet.
   *
   * @param where names the file in errors
   */
  KeyStretching(String where) {
    this.where = where;
  }

  /**
   * Checks an EncryptedPrivateKeyInfo or a PFX.
   *
   * @param where names the file in errors
   * @throws ZbootException (settings) that says which bound would be passed
   */
  public static void require(String where, byte[] der) {
    KeyStretching found = new KeyStretching(where);
    List<BerValue> values = BerValue.all(der);
    values.forEach(value -> found.look(value, 0));
    values.stream().limit(1).forEach(found::lookForMac);
    found.requireAll();
  }

  /**
   * Pays for one derivation with what it is asked by.
   *
   * @throws ZbootException (settings) that says which bound would be passed
   */
  void charge(AlgorithmIdentifier algorithm) {
    try {
      BerValue.all(algorithm.getEncoded(ASN1Encoding.DER)).forEach(value -> look(value, 0));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    requireAll();
  }

  /** The same for the MAC of a PFX, where the rounds stand by themselves. */
  void chargeMac(BigInteger asked) {
    rounds(MAC, asked, BigInteger.ONE);
    requireAll();
  }

  private void requireAll() {
    atMost("rounds of key derivation in all", rounds, MAX_ALL_ROUNDS);
    atMost("steps of scrypt (N r p) in all", work, MAX_WORK);
  }

  /** MacData is the third part of a PFX: digest, salt, rounds (RFC 7292, section 4). */
  private void lookForMac(BerValue pfx) {
    List<BerValue> parts = pfx.children();
    if (parts.size() == 3 && parts.get(2).children().size() == 3) {
      rounds(MAC, parts.get(2).children().get(2).integer(), BigInteger.ONE);
    }
  }

  private void look(BerValue value, int depth) {
    if (depth > MAX_DEPTH) {
      throw ZbootException.settings(
          where, "is nested too deep for a key", "give the file that holds the key");
    }
    List<BerValue> children = value.children();
    // Not two exactly: some readers look at the first two and at nothing behind.
    if (children.size() >= 2 && children.get(0).isObjectIdentifier()) {
      derivation(HexFormat.of().formatHex(children.get(0).content()), children.get(1).children());
    }
    (value.isOctetString() ? value.wrapped() : children).forEach(inner -> look(inner, depth + 1));
  }

  private void derivation(String algorithm, List<BerValue> parameters) {
    boolean isDerivation =
        PBE.contains(algorithm) || algorithm.equals(PBKDF2) || algorithm.equals(SCRYPT);
    if (isDerivation && !parameters.isEmpty()) {
      BigInteger salt = BigInteger.valueOf(parameters.get(0).content().length);
      atMost("bytes of salt", salt, MAX_SALT);
    }
    if (PBE.contains(algorithm) && parameters.size() >= 2) {
      rounds("its password's derivation (PBE)", parameters.get(1).integer(), BigInteger.ONE);
    } else if (algorithm.equals(PBKDF2) && parameters.size() >= 2) {
      BigInteger bytes =
          parameters.stream()
              .skip(2)
              .filter(BerValue::isInteger)
              .map(BerValue::integer)
              .reduce(BigInteger.ZERO, BigInteger::max);
      atMost("bytes of derived key", bytes, MAX_KEY_BYTES);
      rounds(
          "its password's derivation (PBKDF2)",
          parameters.get(1).integer(),
          BigInteger.valueOf(Math.max(1, -Math.floorDiv(-bytes.intValue(), BLOCK_BYTES))));
    } else if (algorithm.equals(SCRYPT) && parameters.size() >= 4) {
      BigInteger blocks = parameters.get(1).integer().multiply(parameters.get(2).integer());
      BigInteger lanes = parameters.get(2).integer().multiply(parameters.get(3).integer());
      atMost("bytes of memory for scrypt", blocks.shiftLeft(7), MAX_MEMORY);
      BigInteger steps = blocks.multiply(parameters.get(3).integer());
      atMost("steps of scrypt (N r p)", steps, MAX_WORK);
      atMost("bytes of memory for scrypt", lanes.shiftLeft(8), MAX_MEMORY);
      work = work.add(steps.max(BigInteger.ZERO));
    }
  }

  private void rounds(String of, BigInteger asked, BigInteger times) {
    atMost("rounds for " + of, asked, MAX_ROUNDS);
    rounds = rounds.add(asked.max(BigInteger.ZERO).multiply(times));
  }

  private void atMost(String what, BigInteger asked, long most) {
    if (asked.compareTo(BigInteger.valueOf(most)) > 0) {
      throw ZbootException.settings(
          where,
          "asks for " + asked + " " + what + ", and zboot does " + most + " at most",
          "encrypt the key again with fewer");
    }
  }
}
