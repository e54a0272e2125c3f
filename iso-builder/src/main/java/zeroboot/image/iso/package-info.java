/**
 * ISO 9660 with El Torito boot entries. Section numbers are those of ECMA-119, 2nd edition
 * (December 1987), and of the "El Torito" Bootable CD-ROM Format Specification, version 1.0
 * (January 1995). Offsets in code count from 0, the byte positions of ECMA-119 from 1.
 */
@NullMarked
package zeroboot.image.iso;

import org.jspecify.annotations.NullMarked;
