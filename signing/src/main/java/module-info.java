/**
 * Keys, detached signatures, Secure Boot signatures, the files that make firmware trust them, and
 * the verification of all that.
 */
module zeroboot.signing {
  requires com.sun.jna; // labels of PKCS #11 tokens
  requires jdk.crypto.cryptoki; // PKCS #11 tokens
  requires static transitive org.jspecify;
  requires transitive org.bouncycastle.pkix;
  requires transitive org.bouncycastle.provider;
  requires org.bouncycastle.util;
  requires transitive zeroboot.image;

  exports zeroboot.signing;
  exports zeroboot.signing.cms;
  exports zeroboot.signing.efi;
  exports zeroboot.signing.keys;
}
