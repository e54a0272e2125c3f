/**
 * FAT12, as the firmware's FAT driver and every operating system read it. Field names and section
 * numbers are those of the Microsoft FAT Specification of August 30, 2005.
 */
@NullMarked
package zeroboot.image.fat;

import org.jspecify.annotations.NullMarked;
