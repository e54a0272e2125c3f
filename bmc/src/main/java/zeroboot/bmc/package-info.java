/** What a management controller does for a deployment, and the ways of its makers. */
@NullMarked
package zeroboot.bmc;

import org.jspecify.annotations.NullMarked;
