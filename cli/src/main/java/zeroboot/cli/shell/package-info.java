/** The commands for completion and manual pages. */
@NullMarked
package zeroboot.cli.shell;

import org.jspecify.annotations.NullMarked;
