package zeroboot.cli;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out carries the result and nothing else
 * @param err carries the talk
 */
record Streams(PrintStream out, PrintStream err) {}
