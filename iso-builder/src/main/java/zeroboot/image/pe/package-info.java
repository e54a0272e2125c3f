/** PE32+ images, as UEFI loads them. */
@NullMarked
package zeroboot.image.pe;

import org.jspecify.annotations.NullMarked;
