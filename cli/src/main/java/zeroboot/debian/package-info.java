/** Debian packages by the machine's own apt, without root and without touching the system. */
@NullMarked
package zeroboot.debian;

import org.jspecify.annotations.NullMarked;
