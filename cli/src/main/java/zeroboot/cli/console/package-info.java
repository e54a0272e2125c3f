/** Where a command speaks, to whom, and how. */
@NullMarked
package zeroboot.cli.console;

import org.jspecify.annotations.NullMarked;
