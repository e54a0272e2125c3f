package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.Session;

/**
 * A resource as it was read, and how it is changed.
 *
 * @param path where it is
 * @param json what it said
 * @param tag of that state, where it has one
 */
record Resource(String path, JsonObject json, Optional<String> tag) {
  private static final int PRECONDITION_FAILED = 412;
  private static final int PRECONDITION_REQUIRED = 428;

  static Resource read(Session session, String path) {
    Answer answer = session.get(path);
    return new Resource(path, answer.json(), answer.tag());
  }

  Resource again(Session session) {
    return read(session, path);
  }

  /**
   * Changes it under the tag that it gave; where that does not do, as a strong one, then a fresh
   * one, then none: a tag is weak with some makers and refused by them all the same.
   */
  Answer patch(Session session, JsonObject body) {
    Answer last = session.patch(path, body, tag);
    if (last.status() != PRECONDITION_FAILED && last.status() != PRECONDITION_REQUIRED) {
      return last;
    }
    Optional<String> fresh = again(session).tag();
    Set<Optional<String>> ladder = new LinkedHashSet<>();
    ladder.add(fresh);
    ladder.add(fresh.or(() -> tag).map(value -> value.replaceFirst("^W/", "")));
    ladder.add(Optional.empty());
    for (Optional<String> step : ladder) {
      last = session.patch(path, body, step);
      if (last.status() != PRECONDITION_FAILED && last.status() != PRECONDITION_REQUIRED) {
        return last;
      }
    }
    return last;
  }
}
