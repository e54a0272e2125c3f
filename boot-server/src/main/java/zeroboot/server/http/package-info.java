/** Gives files, the nodes' table and the page by HTTP. */
@NullMarked
package zeroboot.server.http;

import org.jspecify.annotations.NullMarked;
