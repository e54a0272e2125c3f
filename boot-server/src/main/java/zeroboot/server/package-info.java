/** One boot server from its parts. */
@NullMarked
package zeroboot.server;

import org.jspecify.annotations.NullMarked;
