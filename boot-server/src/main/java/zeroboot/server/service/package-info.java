/** Images for everybody, by the addresses of Zero-OS's old image server. */
@NullMarked
package zeroboot.server.service;

import org.jspecify.annotations.NullMarked;
