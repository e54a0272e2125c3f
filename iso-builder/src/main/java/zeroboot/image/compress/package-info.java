/** The compression of the UEFI specification, in as few bytes as can be. */
@NullMarked
package zeroboot.image.compress;

import org.jspecify.annotations.NullMarked;
