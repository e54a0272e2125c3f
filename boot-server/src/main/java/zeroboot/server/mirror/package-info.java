/**
 * Keeps kernels for the nodes of a farm: fetched once, verified, given out while they still arrive.
 */
@NullMarked
package zeroboot.server.mirror;

import org.jspecify.annotations.NullMarked;
