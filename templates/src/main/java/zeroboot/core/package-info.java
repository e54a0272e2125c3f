/** The iPXE core: where it comes from, what it can do. */
@NullMarked
package zeroboot.core;

import org.jspecify.annotations.NullMarked;
