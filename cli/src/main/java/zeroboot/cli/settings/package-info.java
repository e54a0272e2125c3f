/** Settings and cores: their options, and the commands that show them. */
@NullMarked
package zeroboot.cli.settings;

import org.jspecify.annotations.NullMarked;
