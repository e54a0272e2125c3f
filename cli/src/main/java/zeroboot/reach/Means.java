package zeroboot.reach;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import zeroboot.core.IpxeCore;
import zeroboot.signing.keys.TlsRoot;

/**
 * What the iPXE of an image can do on its way to a kernel.
 *
 * @param core the iPXE
 * @param root the one root certificate that it trusts; empty for iPXE's own
 */
public record Means(IpxeCore core, Optional<X509Certificate> root) {
  /** id-ecPublicKey, RFC 5480 section 2.1.1: without it no key of a certificate is an ECDSA key. */
  private static final String EC_KEY = "1.2.840.10045.2.1";

  /** The suites of iPXE's crypto/mishmash, by their names in RFC 5246, 5288 and 5289. */
  private static final Pattern RSA_SUITES =
      Pattern.compile("TLS_((ECDHE_|DHE_)?RSA)_WITH_AES_(128|256)_(CBC|GCM)_SHA(256|384)?");

  private static final Pattern ECDSA_SUITES =
      Pattern.compile("TLS_ECDHE_ECDSA_WITH_AES_(128|256)_(CBC|GCM)_SHA(256|384)?");

  /** For people: {@code iPXE 1.21.1+git…}. */
  public String name() {
    return "iPXE " + core.version();
  }

  /** Whether it takes servers whose key is an ECDSA key. */
  boolean takesEcdsa() {
    return TlsRoot.knows(core, EC_KEY);
  }

  /** Whether it offers this cipher suite. */
  boolean offers(String suite) {
    return RSA_SUITES.matcher(suite).matches()
        || (takesEcdsa() && ECDSA_SUITES.matcher(suite).matches());
  }
}
