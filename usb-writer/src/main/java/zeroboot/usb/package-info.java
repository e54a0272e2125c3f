/** Devices, what keeps zboot from writing to them, and the port that each system implements. */
@NullMarked
package zeroboot.usb;

import org.jspecify.annotations.NullMarked;
