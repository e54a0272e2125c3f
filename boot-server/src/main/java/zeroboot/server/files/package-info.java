/** What nodes fetch: files that are made in memory. */
@NullMarked
package zeroboot.server.files;

import org.jspecify.annotations.NullMarked;
