/** What servers of network boot are told. */
@NullMarked
package zeroboot.netboot;

import org.jspecify.annotations.NullMarked;
