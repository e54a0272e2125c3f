/** The command that serves nodes. */
@NullMarked
package zeroboot.cli.serve;

import org.jspecify.annotations.NullMarked;
