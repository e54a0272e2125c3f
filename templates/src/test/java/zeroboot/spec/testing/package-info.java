/** What makes up settings, for the tests of all modules. */
@NullMarked
package zeroboot.spec.testing;

import org.jspecify.annotations.NullMarked;
