/**
 * Interfaces of this machine, sockets that belong to one of them, and the loop that waits for
 * packets.
 */
@NullMarked
package zeroboot.server.net;

import org.jspecify.annotations.NullMarked;
