/** Booting an image in a virtual machine, to see how far it gets. */
@NullMarked
package zeroboot.trial;

import org.jspecify.annotations.NullMarked;
