/** Asking for everything, one question after the other. */
@NullMarked
package zeroboot.cli.guide;

import org.jspecify.annotations.NullMarked;
