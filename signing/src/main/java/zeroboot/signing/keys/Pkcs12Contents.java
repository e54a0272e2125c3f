package zeroboot.signing.keys;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import zeroboot.ground.ZbootException;

/** What a PFX holds (RFC 7292, section 4). If it has a MAC, the password vouches for all of it. */
final class Pkcs12Contents {
  private final String where;
  private final PasswordDecryptor decryptor;
  private final boolean hasMac;
  private final List<Bag<PKCS12SafeBag>> keys = new ArrayList<>();
  private final List<Bag<X509Certificate>> certificates = new ArrayList<>();

  /**
   * A SafeBag (section 4.2).
   *
   * @param name its friendlyName, or empty
   * @param id its localKeyId, which a key and its certificate share
   */
  record Bag<T>(String name, Optional<ASN1Encodable> id, T value) {}

  private Pkcs12Contents(String where, PasswordDecryptor decryptor, boolean hasMac) {
    this.where = where;
    this.decryptor = decryptor;
    this.hasMac = hasMac;
  }

  /**
   * Opens a file; its keys stay encrypted.
   *
   * @param where names the file in errors
   * @param password is needed until the last key is {@link #key decrypted}
   * @throws ZbootException (settings) if the password is another, the file damaged, or too costly
   */
  static Pkcs12Contents open(String where, byte[] bytes, char[] password) {
    KeyStretching cost = new KeyStretching(where);
    try {
      PKCS12PfxPdu pfx = new PKCS12PfxPdu(bytes);
      ContentInfo authSafe = pfx.toASN1Structure().getAuthSafe();
      if (!authSafe.getContentType().equals(PKCSObjectIdentifiers.data)) {
        throw damaged(where); // signed by a key in place of a password: nobody writes that
      }
      if (pfx.hasMac() && !Pkcs12Mac.isRight(pfx.toASN1Structure(), password, cost)) {
        throw PasswordDecryptor.wrongPassword(where);
      }
      Pkcs12Contents contents =
          new Pkcs12Contents(where, new PasswordDecryptor(password, cost), pfx.hasMac());
      for (ContentInfo part : pfx.getContentInfos()) {
        contents.take(part);
      }
      return contents;
    } catch (ZbootException e) {
      throw e;
    } catch (OperatorCreationException e) {
      throw PasswordDecryptor.unknown(where);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle's structures have many exceptions for what is none.
      throw damaged(where);
    }
  }

  /** The private ones; mostly one. */
  List<Bag<PKCS12SafeBag>> keys() {
    return keys;
  }

  /** In the file's order. */
  List<Bag<X509Certificate>> certificates() {
    return certificates;
  }

  /**
   * Decrypts a key.
   *
   * @throws ZbootException (settings) if the password is another, or nobody knows the cipher
   */
  PrivateKeyInfo key(Bag<PKCS12SafeBag> bag) {
    try {
      Object value = bag.value().getBagValue();
      if (value instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        return encrypted.decryptPrivateKeyInfo(decryptor);
      }
      if (!hasMac) {
        throw ZbootException.settings(
            where,
            "holds a key that no password protects",
            "export it again, with a password and a MAC");
      }
      return (PrivateKeyInfo) value;
    } catch (PKCSException e) {
      throw undecrypted(e);
    } catch (ZbootException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(where);
    }
  }

  private void take(ContentInfo part) {
    for (PKCS12SafeBag bag : bags(part)) {
      String name =
          attribute(bag, PKCS12SafeBag.friendlyNameAttribute)
              .map(value -> ASN1BMPString.getInstance(value).getString())
              .orElse("");
      Optional<ASN1Encodable> id = attribute(bag, PKCS12SafeBag.localKeyIdAttribute);
      if (bag.getType().equals(PKCSObjectIdentifiers.certBag)) {
        certificate(bag).ifPresent(value -> certificates.add(new Bag<>(name, id, value)));
      } else if (bag.getType().equals(PKCSObjectIdentifiers.keyBag)
          || bag.getType().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
        keys.add(new Bag<>(name, id, bag));
      }
    }
  }

  private PKCS12SafeBag[] bags(ContentInfo part) {
    if (!part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
      return new PKCS12SafeBagFactory(part).getSafeBags();
    }
    try {
      return new PKCS12SafeBagFactory(part, decryptor).getSafeBags();
    } catch (PKCSException e) {
      throw undecrypted(e);
    }
  }

  /** The one that a bag holds; none if it is of a kind that nobody uses, SDSI. */
  private Optional<X509Certificate> certificate(PKCS12SafeBag bag) {
    CertBag value = CertBag.getInstance(bag.toASN1Structure().getBagValue());
    if (!value.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
      return Optional.empty();
    }
    List<X509Certificate> found =
        KeyFile.certificates(ASN1OctetString.getInstance(value.getCertValue()).getOctets());
    if (found.size() != 1) {
      throw damaged(where);
    }
    return Optional.of(found.get(0));
  }

  private static Optional<ASN1Encodable> attribute(PKCS12SafeBag bag, ASN1ObjectIdentifier type) {
    Attribute[] all = bag.getAttributes();
    if (all != null) {
      for (Attribute one : all) {
        if (one.getAttrType().equals(type) && one.getAttrValues().size() > 0) {
          return Optional.of(one.getAttributeValues()[0]);
        }
      }
    }
    return Optional.empty();
  }

  /** With a MAC the password is known to be right. */
  private ZbootException undecrypted(PKCSException e) {
    return hasMac && !(e.getCause() instanceof ZbootException)
        ? PasswordDecryptor.unknown(where)
        : PasswordDecryptor.undecrypted(where, e);
  }

  static ZbootException damaged(String where) {
    return ZbootException.settings(
        where, "is not a PKCS #12 file, or a damaged one", "give the file that holds the key");
  }
}
