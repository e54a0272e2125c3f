/** FAT12, as the firmware's FAT driver and every operating system read it. */
@NullMarked
package zeroboot.image.fat;

import org.jspecify.annotations.NullMarked;
