/**
 * What shells and manuals are told about the commands, made from the same model as {@code --help}:
 * completion scripts and man pages.
 */
@NullMarked
package zeroboot.shell;

import org.jspecify.annotations.NullMarked;
