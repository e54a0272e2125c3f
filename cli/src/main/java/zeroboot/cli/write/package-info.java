/** The commands for devices: list them, write to them. */
@NullMarked
package zeroboot.cli.write;

import org.jspecify.annotations.NullMarked;
