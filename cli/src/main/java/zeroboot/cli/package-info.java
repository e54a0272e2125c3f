/** Commands: options to a value, value to the library, result to the output. */
@NullMarked
package zeroboot.cli;

import org.jspecify.annotations.NullMarked;
