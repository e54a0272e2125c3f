/** The connection to a controller: HTTPS, whom to trust, sessions, errors. */
@NullMarked
package zeroboot.bmc.link;

import org.jspecify.annotations.NullMarked;
