/** The system that this program runs on. */
@NullMarked
package zeroboot.usb.system;

import org.jspecify.annotations.NullMarked;
