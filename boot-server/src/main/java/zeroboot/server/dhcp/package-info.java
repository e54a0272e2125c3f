/**
 * DHCP beside a router: says where to boot from and never gives an address (RFC 2131, 4578; PXE
 * 2.1).
 */
@NullMarked
package zeroboot.server.dhcp;

import org.jspecify.annotations.NullMarked;
