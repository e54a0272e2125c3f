/** The BIOS blob: stage, iPXE kernel and script as one file that every BIOS path starts. */
@NullMarked
package zeroboot.image.bios;

import org.jspecify.annotations.NullMarked;
