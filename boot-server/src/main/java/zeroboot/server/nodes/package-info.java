/** What each node is doing, and why a silent one is silent. */
@NullMarked
package zeroboot.server.nodes;

import org.jspecify.annotations.NullMarked;
