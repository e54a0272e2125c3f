package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import zeroboot.testing.HttpStub;

/** {@code zboot watch}, at a server that answers as scripted. */
class WatchTest {

  private static String node(int i, String step) {
    return "{\"mac\":\"02:00:00:00:00:0"
        + i
        + "\",\"firmware\":\"UEFI\",\"step\":\""
        + step
        + "\",\"shown\":\"word\",\"since\":\"2026-01-01T00:00:00Z\","
        + "\"seen\":\"2026-01-01T00:00:00Z\",\"boots\":1}";
  }

  private static HttpStub.Answer table(String... nodes) {
    return HttpStub.text(
        "{\"format\":1,\"warnings\":[],\"nodes\":[" + String.join(",", nodes) + "]}");
  }

  @Test
  void watchEndsWhenAllHaveStarted() {
    try (HttpStub server = new HttpStub()) {
      server.on(
          "/api/nodes",
          table(),
          table(node(1, "started")),
          table(node(1, "started"), node(2, "loader")),
          table(node(1, "started"), node(2, "started")));
      String url = server.url("/").replace("10.0.2.2", "127.0.0.1");
      CliRun run = CliRun.of("watch", url, "--nodes", "2", "--json");
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(2, run.json().getAsJsonArray("nodes").size());
      assertEquals(0, CliRun.of("watch", url, "--until", "any-started").exitCode());
    }
  }

  private static HttpStub.Answer listing(int listed, String... nodes) {
    return HttpStub.text(
        "{\"format\":1,\"warnings\":[],\"listed\":"
            + listed
            + ",\"nodes\":["
            + String.join(",", nodes)
            + "]}");
  }

  private static String named(int i, String step) {
    return node(i, step).replace("{", "{\"name\":\"n" + i + "\",");
  }

  @Test
  void watchWaitsForAllThatAreListedAndOutlivesTheServersRestart() {
    try (HttpStub server = new HttpStub()) {
      server.on(
          "/api/nodes",
          listing(2, named(1, "started")),
          listing(2, named(1, "started"), node(2, "started")), // a stranger is not the second one
          HttpStub.status(503),
          HttpStub.text(""),
          listing(2, named(1, "started"), named(3, "started")));
      String url = server.url("").replace("10.0.2.2", "127.0.0.1");
      CliRun run = CliRun.of("watch", url, "--json");
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(2, run.json().get("listed").getAsInt());
      assertTrue(run.err().contains("n3: word"), run.err());
      assertTrue(run.err().contains("; asking again"), run.err());
      server.on("/api/nodes", listing(3, named(1, "started")));
      ServeTest.refused(
          6,
          "1 of 3 nodes have started after 1s; never heard of: 2",
          "watch",
          url,
          "--timeout",
          "1s");
      assertEquals(0, CliRun.of("watch", url, "--until", "any-started").exitCode());
      assertEquals(0, CliRun.of("watch", url, "--nodes", "1").exitCode(), "who says it knows it");
      ServeTest.refused(2, "is not a number of nodes", "watch", url, "--nodes", "0");
    }
  }

  @Test
  void watchGivesUp() {
    try (HttpStub server = new HttpStub()) {
      server.on("/api/nodes", table(node(1, "started"), node(2, "loader")));
      String url = server.url("").replace("10.0.2.2", "127.0.0.1");
      ServeTest.refused(
          6,
          "1 of 2 nodes have started after 1s; not yet: 02:00:00:00:00:02",
          "watch",
          url,
          "--timeout",
          "1s");
      server.on("/api/nodes", HttpStub.text("<html>"));
      ServeTest.refused(1, "/api/nodes: ", "watch", url);
      server.on("/api/nodes", HttpStub.status(404));
      ServeTest.refused(1, "is not a table of nodes", "watch", url);
      ServeTest.refused(2, "is not a time", "watch", url, "--timeout", "soon");
      ServeTest.refused(2, "there is no such word", "watch", url, "--until", "never");
    }
  }
}
