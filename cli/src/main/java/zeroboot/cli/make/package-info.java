/** The commands that make boot media. */
@NullMarked
package zeroboot.cli.make;

import org.jspecify.annotations.NullMarked;
