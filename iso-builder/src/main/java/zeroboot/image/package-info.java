/** Boot images: forms, layouts, receipts. The face of this module. */
@NullMarked
package zeroboot.image;

import org.jspecify.annotations.NullMarked;
