/**
 * Whether a node could fetch its kernel from a server: tried from this computer, with the means
 * that an image's iPXE has.
 */
@NullMarked
package zeroboot.reach;

import org.jspecify.annotations.NullMarked;
