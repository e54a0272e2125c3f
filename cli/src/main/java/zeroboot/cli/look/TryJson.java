package zeroboot.cli.look;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zeroboot.cli.console.Json;
import zeroboot.trial.Milestone;
import zeroboot.trial.Outcome;

/** How a trial went, for programs. */
final class TryJson {
  private TryJson() {}

  static void write(JsonWriter json, Path file, Milestone goal, List<TryResult> results)
      throws IOException {
    json.name("file").value(file.toString());
    json.name("until").value(goal.id());
    json.name("good").value(results.stream().allMatch(result -> result.outcome().isGood()));
    json.name("trials").beginArray();
    for (TryResult result : results) {
      Outcome outcome = result.outcome();
      json.beginObject();
      json.name("firmware").value(result.firmware().shown());
      json.name("good").value(outcome.isGood());
      json.name("accelerator").value(outcome.accelerator().id());
      json.name("whyNotKvm").value(outcome.whyNotKvm().orElse(null));
      json.name("reached").value(outcome.reached().id());
      json.name("seconds").value(Math.round(outcome.seconds() * 10) / 10.0);
      json.name("trouble").value(outcome.failure().orElse(null));
      json.name("seen").beginObject();
      for (Milestone stage : Milestone.steps()) {
        if (outcome.details().containsKey(stage)) {
          json.name(stage.id()).value(outcome.details().get(stage));
        }
      }
      json.endObject();
      Json.strings(json, "screen", outcome.screen());
      json.endObject();
    }
    json.endArray();
  }
}
