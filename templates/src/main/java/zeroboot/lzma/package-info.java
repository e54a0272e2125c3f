/** Raw LZMA streams, decision by decision: read, written, and written again for other data. */
@NullMarked
package zeroboot.lzma;

import org.jspecify.annotations.NullMarked;
