/** Writing and reading on-disk structures the way their specifications list them. */
@NullMarked
package zeroboot.image.bytes;

import org.jspecify.annotations.NullMarked;
