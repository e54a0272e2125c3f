package zeroboot.signing.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import zeroboot.ground.Sha256;

/** Makes the self-signed certificates of a key set (RFC 5280). */
public final class CertificateMaker {
  private static final int SERIAL_BYTES = 16;

  private CertificateMaker() {}

  public static X509Certificate make(KeySetPlan plan, KeyRole role, KeyPair pair) {
    Instant from = plan.now().truncatedTo(ChronoUnit.SECONDS);
    Instant to = from.atZone(ZoneOffset.UTC).plusYears(plan.years()).toInstant();
    X500Name subject = subject(plan.name(), role);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            serial(pair),
            Date.from(from),
            Date.from(to),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      if (role == KeyRole.SIGN) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with SHA-256 and RSA", e);
    }
  }

  private static X500Name subject(String name, KeyRole role) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, name)
        .addRDN(BCStyle.OU, role.use())
        .addRDN(BCStyle.CN, name + " " + role.id())
        .build();
  }

  /** From the public key: as random as that, and it needs no book of the numbers given. */
  private static BigInteger serial(KeyPair pair) {
    byte[] digest = Sha256.of(pair.getPublic().getEncoded());
    return new BigInteger(1, Arrays.copyOf(digest, SERIAL_BYTES)).setBit(0);
  }
}
