package zeroboot.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of a file (RFC 9110 section 14.1.2).
 *
 * @param first byte
 * @param last byte, included; before {@code first} if no byte of the file is asked for
 */
record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * The range that a header asks for; empty if it is not one range of bytes: it is to be ignored
   * then, and the whole file given (section 14.2).
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches() || header.strip().equals("bytes=-")) {
      return Optional.empty();
    }
    if (form.group(1).isEmpty()) {
      long count = Long.parseLong(form.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - count), count == 0 ? -1 : size - 1));
    }
    long first = Long.parseLong(form.group(1));
    long last = form.group(2).isEmpty() ? size - 1 : Long.parseLong(form.group(2));
    if (!form.group(2).isEmpty() && last < first) {
      return Optional.empty(); // no range at all, by the grammar's rules
    }
    return Optional.of(
        first >= size
            ? new ByteRange(size, size - 1)
            : new ByteRange(first, Math.min(last, size - 1)));
  }

  /** Whether it holds a byte of the file. */
  boolean isSatisfiable() {
    return first <= last;
  }

  /** Bytes in it. */
  long length() {
    return last - first + 1;
  }
}
