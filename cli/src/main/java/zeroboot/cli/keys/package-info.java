/** Keys and signatures on the command line. */
@NullMarked
package zeroboot.cli.keys;

import org.jspecify.annotations.NullMarked;
