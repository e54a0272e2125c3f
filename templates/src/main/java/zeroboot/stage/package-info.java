/** The project's own two boot codes, as assembled bytes. */
@NullMarked
package zeroboot.stage;

import org.jspecify.annotations.NullMarked;
