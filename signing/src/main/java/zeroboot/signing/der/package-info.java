/** Values in DER and BER. */
@NullMarked
package zeroboot.signing.der;

import org.jspecify.annotations.NullMarked;
