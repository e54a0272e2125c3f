package zeroboot.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One run of the command line inside the test.
 *
 * @param out bytes on standard output
 * @param err text on standard error
 */
public record CliRun(int exitCode, byte[] out, String err) {
  /** Runs {@code zboot} with these arguments; its {@code --json} keeps to its schema. */
  public static CliRun of(String... args) {
    return with(System.getenv(), args);
  }

  /** Runs it with these environment variables instead of the test's own. */
  public static CliRun with(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Zboot.run(
            args,
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    JsonSchemas.check(args, out.toString(StandardCharsets.UTF_8));
    return new CliRun(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  public String text() {
    return new String(out, StandardCharsets.UTF_8);
  }

  /** Standard output as the receipt for programs. */
  public JsonObject json() {
    return JsonParser.parseString(text()).getAsJsonObject();
  }
}
