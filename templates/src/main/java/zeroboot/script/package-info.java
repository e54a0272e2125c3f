/** The iPXE script that a node runs, made from templates and settings. */
@NullMarked
package zeroboot.script;

import org.jspecify.annotations.NullMarked;
