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
      description = "How many there are at least. Default: those that the server's profile lists.")
  @Nullable Integer nodes;

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
    if (nodes != null && nodes < 1) {
      throw ZbootException.usage("--nodes " + nodes, "is not a number of nodes", "try --nodes 1");
    }
    long deadline = System.nanoTime() + timeout.duration().toNanos();
    String base = KernelUrl.parse(url).value();
    URI table = URI.create(base.replaceAll("/+$", "") + "/api/nodes");
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    JsonObject last = ask(client, table);
    while (true) {
      Rack rack = rack(last);
      rack.seen().forEach(this::tell);
      if (wantsAll ? rack.hasAllStarted() : rack.hasOneStarted()) {
        print(last);
        return ExitCode.OK;
      }
      if (System.nanoTime() > deadline) {
        print(last);
        throw late(rack);
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED;
      }
      last = askAgain(client, table, last);
    }
  }

  /**
   * The nodes, as a server knows them.
   *
   * @param seen that were heard of
   * @param least how many of them there have to be
   * @param unheard that the profile lists, and that were not heard of
   */
  private record Rack(List<JsonObject> seen, int least, int unheard) {
    long started() {
      return seen.stream().filter(WatchCommand::isStarted).count();
    }

    boolean hasAllStarted() {
      return seen.size() >= least && unheard == 0 && started() == seen.size();
    }

    boolean hasOneStarted() {
      return seen.size() >= least && started() > 0;
    }

    int size() {
      return Math.max(least, seen.size() + unheard);
    }
  }

  private Rack rack(JsonObject table) {
    List<JsonObject> seen = nodes(table);
    if (nodes != null) {
      return new Rack(seen, nodes, 0);
    }
    @Nullable JsonElement listed = table.get("listed"); // not in earlier versions
    long named = seen.stream().filter(node -> node.has("name")).count();
    int unheard = listed == null ? 0 : (int) Math.max(0, listed.getAsInt() - named);
    return new Rack(seen, 1, unheard);
  }

  /** A server that is started again is away for a moment. */
  private JsonObject askAgain(HttpClient client, URI table, JsonObject last) {
    try {
      JsonObject now = ask(client, table);
      told.remove("");
      return now;
    } catch (ZbootException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      String line = e.getMessage() + "; asking again";
      if (!line.equals(told.put("", line))) {
        session.streams().err().println(line);
      }
      return last;
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

  private ZbootException late(Rack rack) {
    List<String> waiting =
        rack.seen().stream()
            .filter(node -> !isStarted(node))
            .map(WatchCommand::who)
            .limit(5)
            .toList();
    return ZbootException.trial(
        url,
        rack.started()
            + " of "
            + rack.size()
            + " nodes have started after "
            + timeout.shown()
            + (waiting.isEmpty() ? "" : "; not yet: " + String.join(", ", waiting))
            + (rack.unheard() == 0 ? "" : "; never heard of: " + rack.unheard()),
        "the lines above say what each does; " + url + " shows it, too");
  }
}
