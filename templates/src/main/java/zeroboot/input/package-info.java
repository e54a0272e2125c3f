/** Reading what users name: each kind of file has a limit, whatever the name leads to. */
@NullMarked
package zeroboot.input;

import org.jspecify.annotations.NullMarked;
