/**
 * Keys and signatures. Names of structures and fields are those of PKCS #7, Authenticode and the
 * UEFI specification 2.10.
 */
@NullMarked
package zeroboot.signing;

import org.jspecify.annotations.NullMarked;
