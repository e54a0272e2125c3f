/** The master boot record's partition table. */
@NullMarked
package zeroboot.image.mbr;

import org.jspecify.annotations.NullMarked;
