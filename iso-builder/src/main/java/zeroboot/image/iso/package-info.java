/** ISO 9660 (ECMA-119) with El Torito boot entries. */
@NullMarked
package zeroboot.image.iso;

import org.jspecify.annotations.NullMarked;
