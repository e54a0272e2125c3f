/** Recognises what is on a disk by its magic numbers. */
@NullMarked
package zeroboot.usb.probe;

import org.jspecify.annotations.NullMarked;
