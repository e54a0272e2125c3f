/** Where the bytes of an image come from. */
@NullMarked
package zeroboot.usb.source;

import org.jspecify.annotations.NullMarked;
