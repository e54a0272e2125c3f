/** What everything stands on: hashes, resources, numbers, results that are whole. */
@NullMarked
package zeroboot.ground;

import org.jspecify.annotations.NullMarked;
