/** Writes an image to a device and proves that it is there. */
@NullMarked
package zeroboot.usb.write;

import org.jspecify.annotations.NullMarked;
