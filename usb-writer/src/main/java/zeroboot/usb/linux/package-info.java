/** Linux: sysfs, {@code /proc} and the C library. */
@NullMarked
package zeroboot.usb.linux;

import org.jspecify.annotations.NullMarked;
