/** Windows: the device control codes and volume functions of its API. */
@NullMarked
package zeroboot.usb.windows;

import org.jspecify.annotations.NullMarked;
