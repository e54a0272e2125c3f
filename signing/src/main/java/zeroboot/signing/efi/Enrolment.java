package zeroboot.signing.efi;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import zeroboot.ground.Guid;
import zeroboot.ground.Resources;
import zeroboot.signing.keys.Fingerprint;
import zeroboot.signing.keys.KeyRole;

/**
 * What makes firmware trust a set of keys: per variable the certificate ({@code .der}), the
 * signature list ({@code .esl}) and the authenticated variable ({@code .auth}), for the different
 * menus and tools there are; {@code noPK.auth}, which takes PK away again; and how to use them.
 *
 * <p>The owner's GUID derives from the certificate of PK. All time stamps are the moment from which
 * PK is valid, so newer keys replace older ones, and a second later for the removal.
 */
final class Enrolment {
  private final KeySet keys;
  private final Guid owner;
  private final Instant time;

  Enrolment(KeySet keys) {
    this.keys = keys;
    this.owner = Guid.derivedFrom(Fingerprint.der(keys.certificate(KeyRole.PK)));
    this.time = keys.certificate(KeyRole.PK).getNotBefore().toInstant();
  }

  /** The files by their names, which fit FAT without long names. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    add(files, KeyRole.PK, KeyRole.PK);
    add(files, KeyRole.KEK, KeyRole.PK);
    add(files, KeyRole.DB, KeyRole.KEK);
    files.put(
        "noPK.auth",
        AuthenticatedVariable.of(KeyRole.PK, time.plusSeconds(1), new byte[0])
            .signedBy(keys.signingKey(KeyRole.PK)));
    files.put("README.TXT", howTo());
    return files;
  }

  private void add(Map<String, byte[]> files, KeyRole role, KeyRole signer) {
    byte[] certificate = Fingerprint.der(keys.certificate(role));
    byte[] list = new EfiSignatureList(owner, certificate).toBytes();
    files.put(role.id() + ".der", certificate);
    files.put(role.id() + ".esl", list);
    files.put(
        role.id() + ".auth",
        AuthenticatedVariable.of(role, time, list).signedBy(keys.signingKey(signer)));
  }

  private static byte[] howTo() {
    String name = "enroll.txt";
    byte[] bytes = Resources.bytes(Enrolment.class.getResourceAsStream(name), name);
    String text = new String(bytes, StandardCharsets.US_ASCII);
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
