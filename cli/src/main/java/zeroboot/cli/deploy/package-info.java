/** {@code deploy} and {@code bmc}: nodes by way of their management controllers. */
@NullMarked
package zeroboot.cli.deploy;

import org.jspecify.annotations.NullMarked;
