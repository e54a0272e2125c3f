package zeroboot.reach;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import zeroboot.signing.keys.TlsRoot;

/** Looks at a server's certificates as iPXE does (crypto/x509.c), and tells all that is wrong. */
final class Certificates {
  /** How far a node's clock may be off, iPXE's TIMESTAMP_ERROR_MARGIN. */
  private static final Duration MARGIN = Duration.ofMinutes(12 * 60 + 30);

  /** RFC 5280 section 4.2.1.6: kinds of names. */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;
  private static final String ABOUT = "certificate";

  private final List<X509Certificate> chain;
  private final Means means;
  private final List<Found> found = new ArrayList<>();

  private Certificates(List<X509Certificate> chain, Means means) {
    this.chain = chain;
    this.means = means;
  }

  /**
   * What is to be said of them.
   *
   * @param chain the server's first; at least one
   * @param host as the URL has it
   */
  static List<Found> look(List<X509Certificate> chain, String host, Instant now, Means means) {
    Certificates all = new Certificates(chain, means);
    all.algorithms();
    all.validity(now);
    all.name(host);
    all.root(now);
    all.revocation();
    return all.found;
  }

  private void algorithms() {
    int before = found.size();
    for (X509Certificate one : chain) {
      TlsRoot.objection(one, means.core())
          .ifPresent(what -> found.add(Found.failed(ABOUT, subject(one) + " " + what)));
    }
    if (found.size() == before) {
      X509Certificate server = chain.get(0);
      found.add(
          Found.ok(
              ABOUT,
              subject(server)
                  + " has a key for "
                  + key(server.getPublicKey())
                  + "; the server sends "
                  + (chain.size() == 1 ? "it alone" : chain.size() + " certificates")));
    }
  }

  /** The server's key, for people. */
  static String key(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA of " + rsa.getModulus().bitLength() + " bits";
    }
    if (key instanceof ECPublicKey ec) {
      return "ECDSA of " + ec.getParams().getOrder().bitLength() + " bits";
    }
    return key.getAlgorithm();
  }

  private void validity(Instant now) {
    int before = found.size();
    for (X509Certificate one : chain) {
      Instant from = one.getNotBefore().toInstant();
      Instant to = one.getNotAfter().toInstant();
      if (now.isAfter(to.plus(MARGIN))) {
        found.add(Found.failed("clock", subject(one) + " expired on " + day(to)));
      } else if (now.isBefore(from.minus(MARGIN))) {
        found.add(Found.failed("clock", subject(one) + " is not valid before " + day(from)));
      }
    }
    if (found.size() == before) {
      Instant first =
          chain.stream()
              .map(one -> one.getNotAfter().toInstant())
              .min(Instant::compareTo)
              .orElseThrow();
      Instant last =
          chain.stream()
              .map(one -> one.getNotBefore().toInstant())
              .max(Instant::compareTo)
              .orElseThrow();
      found.add(
          Found.ok(
              "clock",
              "valid from " + day(last) + " to " + day(first) + ", if the node's clock is right"));
    }
  }

  private void name(String host) {
    Set<String> names = names(chain.get(0));
    String wanted = host.toLowerCase(Locale.ROOT);
    String parent = wanted.contains(".") ? "*" + wanted.substring(wanted.indexOf('.')) : "";
    boolean matches = names.contains(wanted) || (!Hosts.isAddress(host) && names.contains(parent));
    found.add(
        matches
            ? Found.ok(ABOUT, "is for " + host)
            : Found.failed(
                ABOUT,
                "is not for "
                    + host
                    + (names.isEmpty() ? "" : ", but for " + String.join(", ", names))));
  }

  /** The common name and the alternative names, lower case. */
  private static Set<String> names(X509Certificate server) {
    Set<String> names = new TreeSet<>();
    try {
      X509CertificateHolder holder = new JcaX509CertificateHolder(server);
      for (RDN one : holder.getSubject().getRDNs(BCStyle.CN)) {
        names.add(IETFUtils.valueToString(one.getFirst().getValue()).toLowerCase(Locale.ROOT));
      }
      var alternatives = server.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> one : alternatives) {
          if (one.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
            names.add(String.valueOf(one.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (GeneralSecurityException e) {
      // Names that cannot be read match nothing.
    }
    return names;
  }

  private void root(Instant now) {
    if (means.root().isPresent()) {
      pinned(means.root().get(), now);
    } else {
      CertificatePath.find(chain, CertificatePath.usualRoots(), now)
          .ifPresentOrElse(
              anchor -> {
                found.add(Found.ok("root", "leads to " + shown(anchor)));
                found.add(
                    Found.note(
                        "root",
                        "iPXE fetches its own signature of that root from http://ca.ipxe.org: the"
                            + " node has to reach it too, or the image takes --trust-root"));
              },
              () ->
                  found.add(
                      Found.failed(
                          "root",
                          "leads to "
                              + issuer()
                              + ", which is not one of the public roots that iPXE vouches for: give"
                              + " it with --trust-root, or let the server send what is missing"
                              + " between")));
    }
  }

  /** iPXE knows the fingerprint of this root and no more, so the root has to be sent as well. */
  private void pinned(X509Certificate root, Instant now) {
    if (CertificatePath.find(chain, Set.of(new TrustAnchor(root, null)), now).isEmpty()) {
      found.add(
          Found.failed(
              "root", "leads to " + issuer() + ", not to " + subject(root) + " of --trust-root"));
    } else if (!chain.contains(root)) {
      found.add(
          Found.failed(
              "root",
              "the server does not send "
                  + subject(root)
                  + " itself, of which iPXE knows the fingerprint only: put it behind the server's"
                  + " own certificates"));
    } else {
      found.add(Found.ok("root", "leads to " + subject(root) + " of --trust-root"));
    }
  }

  /** iPXE asks the authority before it goes on, if the certificate says where (RFC 6960). */
  private void revocation() {
    byte[] value = chain.get(0).getExtensionValue(Extension.authorityInfoAccess.getId());
    if (value == null) {
      return;
    }
    try {
      X509CertificateHolder holder = new JcaX509CertificateHolder(chain.get(0));
      AuthorityInformationAccess access =
          AuthorityInformationAccess.fromExtensions(holder.getExtensions());
      for (AccessDescription one : access.getAccessDescriptions()) {
        if (one.getAccessMethod().equals(AccessDescription.id_ad_ocsp)) {
          found.add(
              Found.note(
                  ABOUT,
                  "iPXE asks "
                      + one.getAccessLocation().getName()
                      + " whether it was revoked (OCSP): the node has to reach that too"));
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      found.add(Found.failed(ABOUT, "its authority information access cannot be read"));
    }
  }

  private String issuer() {
    return name(chain.get(chain.size() - 1).getIssuerX500Principal());
  }

  private static String shown(TrustAnchor anchor) {
    X509Certificate root = anchor.getTrustedCert();
    return root == null ? String.valueOf(anchor.getCAName()) : subject(root);
  }

  private static String subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  private static String name(X500Principal principal) {
    String name = principal.getName(X500Principal.RFC2253);
    return name.isEmpty() ? "a certificate without a name" : name;
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
