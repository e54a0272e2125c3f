/** What the C libraries of Linux and macOS have in common. */
@NullMarked
package zeroboot.usb.posix;

import org.jspecify.annotations.NullMarked;
