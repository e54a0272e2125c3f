/** The sealed UEFI loader file and the UEFI compression algorithm. */
@NullMarked
package zeroboot.image.uefi;

import org.jspecify.annotations.NullMarked;
