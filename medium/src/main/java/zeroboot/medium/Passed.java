package zeroboot.medium;

/**
 * What was found to be right.
 *
 * @param about what was looked at
 * @param says how it is, for people
 */
public record Passed(String about, String says) {}
