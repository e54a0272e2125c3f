/** What was asked for: the settings of a boot image, each a value that validated itself. */
@NullMarked
package zeroboot.spec;

import org.jspecify.annotations.NullMarked;
