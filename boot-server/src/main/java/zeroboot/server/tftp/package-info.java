/** Gives files by TFTP, read only (RFC 1350, 2347 to 2349, 7440). */
@NullMarked
package zeroboot.server.tftp;

import org.jspecify.annotations.NullMarked;
