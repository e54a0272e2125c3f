/** The commands that look at what is there: inspect, verify, try. */
@NullMarked
package zeroboot.cli.look;

import org.jspecify.annotations.NullMarked;
