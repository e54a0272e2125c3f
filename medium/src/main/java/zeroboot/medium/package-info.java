/** What a medium is, and whether every byte of it is as it should be: made anew and compared. */
@NullMarked
package zeroboot.medium;

import org.jspecify.annotations.NullMarked;
