/** Signatures of CMS (RFC 5652), which PKCS #7 was. */
@NullMarked
package zeroboot.signing.cms;

import org.jspecify.annotations.NullMarked;
