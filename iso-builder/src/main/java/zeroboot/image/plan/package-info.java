/** What lies where, decided before anything is written. */
@NullMarked
package zeroboot.image.plan;

import org.jspecify.annotations.NullMarked;
