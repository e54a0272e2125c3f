package zeroboot.bmc;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/** A task of a controller (schema Task). */
record Task(Session session, String path) {
  void await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Answer answer = session.get(path.replaceFirst("^https?://[^/]+", ""));
      String state = Fields.text(answer.json(), "TaskState").orElse("");
      if (answer.status() != 202 && (state.isEmpty() || state.equals("Completed"))) {
        return;
      }
      if (List.of("Exception", "Killed", "Cancelled").contains(state)) {
        throw BmcException.of(
            BmcException.Kind.REFUSED,
            "its job ended as " + state + ": " + words(answer.json()),
            "its log says more");
      }
      if (System.nanoTime() > deadline) {
        throw BmcException.of(
            BmcException.Kind.NO_EFFECT,
            "its job does not end (" + state + " after " + patience.toSeconds() + " s)",
            "look at its list of jobs: an older one may be in the way");
      }
      session.times().pause();
    }
  }

  private static String words(JsonObject task) {
    return task.get("Messages") instanceof JsonArray list
            && !list.isEmpty()
            && list.get(list.size() - 1) instanceof JsonObject last
        ? Fields.text(last, "Message").orElse("")
            + Fields.text(last, "MessageId").map(id -> " (" + id + ")").orElse("")
        : "no reason is told";
  }
}
