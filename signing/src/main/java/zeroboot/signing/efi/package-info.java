/** Signatures inside UEFI files, and what makes firmware trust them. */
@NullMarked
package zeroboot.signing.efi;

import org.jspecify.annotations.NullMarked;
