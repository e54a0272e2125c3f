/** Keys and certificates: files, tokens, what they are for. */
@NullMarked
package zeroboot.signing.keys;

import org.jspecify.annotations.NullMarked;
