/** Plain files as targets, on any system. */
@NullMarked
package zeroboot.usb.file;

import org.jspecify.annotations.NullMarked;
