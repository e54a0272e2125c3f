/** What the tests of every module share: foreign tools, QEMU, scratch folders. */
@NullMarked
package zeroboot.testing;

import org.jspecify.annotations.NullMarked;
