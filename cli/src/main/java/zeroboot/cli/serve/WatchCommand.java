package zeroboot.cli.serve;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.TimeoutOption;
import zeroboot.cli.console.VersionText;
import zeroboot.ground.ZbootException;
import zeroboot.spec.KernelUrl;

/** {@code zboot watch}. */
@Command(
    addMethodSubcommands = false,
    name = "watch",
    description = "Tells what the nodes of a zboot serve do, and waits until they have started.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot watch http://192.0.2.3 --nodes 8 --timeout 15m",
      "Exit code 6: they did not start in time."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** In bytes: the table of thousands of nodes. */
  private static final int LARGEST = 16 << 20;

  @Parameters(paramLabel = "URL", description = "Of the server: http://192.0.2.3")
  String url = "";

  @Option(
      names = "--until",
      paramLabel = "WHAT",
      description = "all-started (default), or any-started.")
  String until = "all-started";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many there are at least. Default: 1.")
  int expected = 1;

  @Mixin final TimeoutOption timeout = new TimeoutOption();

  @Option(names = "--json", description = "Print the table as JSON at the end.")
  boolean json;

  private final Session session;
  private final Map<String, String> told = new HashMap<>();

  WatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean wantsAll = wantsAll();
    if (expected < 1) {
      throw ZbootException.usage(
          "--nodes " + expected, "is not a number of nodes", "try --nodes 1");
    }
    long deadline = System.nanoTime() + timeout.duration().toNanos();
    String base = KernelUrl.parse(url).value();
    URI table = URI.create(base.replaceAll("/+$", "") + "/api/nodes");
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    JsonObject last = ask(client, table);
    while (true) {
      List<JsonObject> nodes = nodes(last);
      nodes.forEach(this::tell);
      long started = nodes.stream().filter(WatchCommand::isStarted).count();
      if (nodes.size() >= expected && (wantsAll ? started == nodes.size() : started > 0)) {
        print(last);
        return ExitCode.OK;
      }
      if (System.nanoTime() > deadline) {
        print(last);
        throw late(nodes, started);
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED;
      }
      last = ask(client, table);
    }
  }

  private boolean wantsAll() {
    if (!until.equals("all-started") && !until.equals("any-started")) {
      throw ZbootException.usage(
          "--until " + until, "there is no such word", "use all-started or any-started");
    }
    return until.equals("all-started");
  }

  private static JsonObject ask(HttpClient client, URI table) {
    String mend = "is zboot serve running there?";
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(table).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        if (answer.statusCode() == 200
            && JsonParser.parseString(text) instanceof JsonObject object
            && object.get("nodes") != null) {
          return object;
        }
      }
      throw ZbootException.io(table.toString(), "is not a table of nodes", mend);
    } catch (IOException | JsonParseException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw ZbootException.io(table.toString(), "does not answer (" + why + ")", mend);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZbootException.io(table.toString(), "interrupted", mend);
    }
  }

  private static List<JsonObject> nodes(JsonObject table) {
    List<JsonObject> nodes = new ArrayList<>();
    for (JsonElement each : table.getAsJsonArray("nodes")) {
      nodes.add(each.getAsJsonObject());
    }
    return nodes;
  }

  private static boolean isStarted(JsonObject node) {
    return text(node, "step").equals("started");
  }

  private static String text(JsonObject node, String name) {
    @Nullable JsonElement value = node.get(name);
    return value == null ? "" : value.getAsString();
  }

  private static String who(JsonObject node) {
    String name = text(node, "name");
    return name.isEmpty() ? text(node, "mac") : name;
  }

  private void tell(JsonObject node) {
    String complaint = text(node, "error").isEmpty() ? text(node, "why") : text(node, "error");
    String line =
        who(node) + ": " + text(node, "shown") + (complaint.isEmpty() ? "" : " - " + complaint);
    if (!line.equals(told.put(text(node, "mac"), line))) {
      session.streams().err().println(line);
    }
  }

  private void print(JsonObject table) {
    if (json) {
      session.streams().out().println(table);
    }
  }

  private ZbootException late(List<JsonObject> nodes, long started) {
    List<String> waiting =
        nodes.stream().filter(node -> !isStarted(node)).map(WatchCommand::who).limit(5).toList();
    return ZbootException.trial(
        url,
        started
            + " of "
            + Math.max(expected, nodes.size())
            + " nodes have started after "
            + timeout.shown()
            + (waiting.isEmpty() ? "" : "; not yet: " + String.join(", ", waiting)),
        "the lines above say what each does; " + url + " shows it, too");
  }
}
