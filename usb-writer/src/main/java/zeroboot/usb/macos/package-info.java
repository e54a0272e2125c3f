/** macOS: diskutil, ioreg and the C library. */
@NullMarked
package zeroboot.usb.macos;

import org.jspecify.annotations.NullMarked;
