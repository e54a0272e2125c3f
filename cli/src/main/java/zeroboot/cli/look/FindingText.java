package zeroboot.cli.look;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Shown;
import zeroboot.medium.Finding;
import zeroboot.medium.Passed;

/** Findings of the judge, for people and for programs. */
public final class FindingText {
  private FindingText() {}

  /** One line each. */
  static void print(
      List<Finding> findings, PrintStream out, Paint paint, UnaryOperator<String> hints) {
    for (Finding finding : findings) {
      String result = finding.isFailed() ? paint.bad("FAILED") : "note  ";
      line(out, result, finding.kind().about(), finding.says(hints));
    }
  }

  /** One line each. */
  static void printPassed(List<Passed> passed, PrintStream out, Paint paint) {
    passed.forEach(one -> line(out, paint.good("ok    "), one.about(), one.says()));
  }

  private static void line(PrintStream out, String result, String about, String says) {
    out.printf("%s  %s: %s%n", result, about, Shown.line(says));
  }

  /** An array {@code findings}. */
  public static void write(JsonWriter json, List<Finding> findings) throws IOException {
    json.name("findings").beginArray();
    for (Finding finding : findings) {
      json.beginObject();
      json.name("kind").value(finding.kind().shown());
      json.name("severity").value(finding.severity().name().toLowerCase(Locale.ROOT));
      if (finding.where().isPresent()) {
        json.name("offset").value(finding.where().get().offset());
        json.name("length").value(finding.where().get().length());
        json.name("region").value(finding.where().get().region());
      }
      json.name("what").value(finding.what());
      json.name("mend").value(finding.mend());
      json.endObject();
    }
    json.endArray();
  }
}
