package zeroboot.server.service;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a path, each decoded for itself: an encoded slash divides nothing. */
final class PathParts {
  private PathParts() {}

  /** The parts between slashes; a slash at the end means nothing. Empty if it is not UTF-8. */
  static Optional<List<String>> of(String path) {
    List<String> parts = new ArrayList<>();
    String plain = path.startsWith("/") ? path.substring(1) : path;
    for (String part : plain.split("/", -1)) {
      Optional<String> decoded = decode(part);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      parts.add(decoded.get());
    }
    if (parts.size() > 1 && parts.get(parts.size() - 1).isEmpty()) {
      parts.remove(parts.size() - 1);
    }
    return Optional.of(parts);
  }

  /** RFC 3986 section 2.1. */
  private static Optional<String> decode(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      boolean isWhole = i + 2 < part.length();
      int high = isWhole ? Character.digit(part.charAt(i + 1), 16) : -1;
      int low = isWhole ? Character.digit(part.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
