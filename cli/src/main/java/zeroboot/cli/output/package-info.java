/** Where results go and files come from. */
@NullMarked
package zeroboot.cli.output;

import org.jspecify.annotations.NullMarked;
