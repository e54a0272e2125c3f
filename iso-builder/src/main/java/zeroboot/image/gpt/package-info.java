/** GUID partition tables (UEFI specification 2.10, section 5.3), with sectors of 512 bytes. */
@NullMarked
package zeroboot.image.gpt;

import org.jspecify.annotations.NullMarked;
