package zeroboot.server.nodes;

/**
 * A node did something, or had something done to it.
 *
 * @param event a word for programs: {@code asked}, {@code offered}, {@code report}, …
 * @param detail of it: a file, a reason; empty for none
 * @param node as it is now
 */
public record NodeEvent(String event, String detail, Node node) {}
