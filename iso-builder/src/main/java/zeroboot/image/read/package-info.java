/** Looking into files and devices that nobody vouches for: what do they boot? */
@NullMarked
package zeroboot.image.read;

import org.jspecify.annotations.NullMarked;
