package zeroboot.bmc.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.testing.bmc.LyingController;
import zeroboot.testing.bmc.LyingController.Reply;
import zeroboot.testing.bmc.SimBmc;
import zeroboot.testing.bmc.SimCertificate;

/** A controller that lies harms itself: not the others, and nobody's secrets. */
class LiesTest {
  private static final String ROOT =
      "{\"Systems\":{\"@odata.id\":\"/s\"},\"Links\":{\"Sessions\":{\"@odata.id\":\"/l\"}}}";
  private static final Times QUICK =
      new Times(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(10));

  /** Half a megabyte takes long on a machine that does something else. */
  private static final Times PATIENT =
      new Times(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(10));

  /** Of the sessions, as the log is told. */
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private Session open(LyingController at, String user) {
    return open(at, user, PATIENT);
  }

  private Session open(LyingController at, String user, Times times) {
    return Session.open(
        BmcAddress.parse("address", at.address()),
        new Login(user, new Secret(SimBmc.PASSWORD)),
        Optional.of(SimCertificate.shared().fingerprint()),
        BmcTrust.PINS,
        times,
        new SessionLog() {
          @Override
          public void opened(BmcAddress address, String path) {
            told.add(path);
          }

          @Override
          public void ended(BmcAddress address, String path) {
            told.add(path);
          }
        },
        SessionTest.THREADS);
  }

  /** Behind the address of one, that would be the name of a user, and what follows another host. */
  @ParameterizedTest
  @ValueSource(strings = {"@OTHER/x", ":1@OTHER/x", "2/x", ".example/x", "x"})
  void whatIsNoPathIsAskedOfNobody(String place) {
    try (LyingController other = LyingController.start((call, proof) -> Reply.of(204, ""))) {
      String where = place.replace("OTHER", other.address());
      try (LyingController liar =
          LyingController.start(
              (call, proof) ->
                  call.endsWith("/redfish/v1/")
                      ? Reply.of(200, ROOT)
                      : new Reply(
                          201, Map.of("Location", where, "X-Auth-Token", "t0ken"), "{}", true))) {
        try (Session session = open(liar, SimBmc.USER)) {
          BmcException refused =
              assertThrows(BmcException.class, () -> session.get(where), "a target, say");
          assertEquals(BmcException.Kind.CANNOT, refused.kind());
        }
        assertEquals(List.of(), other.calls());
        assertEquals(List.of(), told, "that is no session which could be ended");
      }
    }
  }

  /** A line feed in it would be a line of the log: the session of another controller, say. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x\\nsession 192.0.2.1 /redfish/v1/AccountService/Accounts/2",
        "/x \\nnode node-1 AAAA done 1",
        "/x y",
        "/\\u0000",
        "/\\u2028"
      })
  void sessionsAreOneWordOfALog(String path) {
    try (LyingController liar =
        LyingController.start(
            (call, proof) -> {
              if (call.endsWith("/redfish/v1/")) {
                return Reply.of(200, ROOT);
              }
              return call.equals("POST /l")
                  ? new Reply(
                      201, Map.of("X-Auth-Token", "t"), "{\"@odata.id\":\"" + path + "\"}", true)
                  : Reply.of(401, "{}");
            })) {
      try (Session session = open(liar, SimBmc.USER)) {
        assertThrows(BmcException.class, () -> session.get("/s"));
      }
      assertEquals(List.of(), told);
    }
  }

  @Test
  void sessionsHaveNoNamesWithoutEnd() {
    try (LyingController liar =
        LyingController.start(
            (call, proof) ->
                call.endsWith("/redfish/v1/")
                    ? Reply.of(200, ROOT)
                    : new Reply(
                        201,
                        Map.of("X-Auth-Token", "t"),
                        "{\"@odata.id\":\"/" + "x".repeat(500_000) + "\"}",
                        true))) {
      open(liar, SimBmc.USER).close();
      assertEquals(List.of(), told);
    }
  }

  @Test
  void answerThatStopsInTheMiddleIsGivenUp() {
    try (LyingController liar =
        LyingController.start(
            (call, proof) ->
                call.endsWith("/redfish/v1/")
                    ? Reply.of(200, "{\"Systems\":{\"@odata.id\":\"/s\"}}")
                    : new Reply(200, Map.of(), "{\"Id\":\"1\"}", false))) {
      try (Session session = open(liar, SimBmc.USER, QUICK)) {
        BmcException given = assertThrows(BmcException.class, () -> session.get("/s"));
        assertEquals(BmcException.Kind.SILENT, given.kind());
        assertTrue(String.valueOf(given.getMessage()).contains("stopped in the middle"));
      }
    }
  }

  /** Each read has something to read, every now and then. */
  @Test
  void handshakeThatDripsIsGivenUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SessionTest.THREADS.execute(() -> drip(server));
      BmcAddress address = BmcAddress.parse("address", "127.0.0.1:" + server.getLocalPort());
      BmcException given =
          assertThrows(BmcException.class, () -> BmcTrust.PINS.look(address, QUICK));
      assertEquals(BmcException.Kind.SILENT, given.kind());
    }
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(new byte[] {0x16, 3, 3, 0x3f, 0}); // a record of 16,128 bytes
      while (true) {
        out.write(0);
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // it was given up
    }
  }

  /** What takes the square of its length to search would take hours. */
  @ParameterizedTest
  @ValueSource(strings = {"<", "<<‹", " ", ".", "{\"error\":{\"code\":\"", "&"})
  void endlessErrorIsCutShort(String what) {
    Answer answer = new Answer(400, Map.of(), what.repeat((1 << 20) / what.length()));
    String said = String.valueOf(BmcException.refused("to read /s", 400, Trouble.of(answer)));
    assertTrue(said.length() < 1000, said.length() + " characters");
    String json = "{\"error\":{\"code\":\"" + "x.".repeat(500_000) + "\",\"message\":\"m\"}}";
    Trouble long_ = Trouble.of(new Answer(400, Map.of(), json));
    assertTrue(long_.id().length() < 300, long_.id().length() + " characters");
  }

  /** Whatever an error repeats of what let us in. */
  @ParameterizedTest
  @ValueSource(strings = {"root", "r", "ro", "admin", SimBmc.USER})
  void secretsThatItRepeatsAreNotShown(String user) {
    for (boolean hasSessions : List.of(true, false)) {
      try (LyingController liar =
          LyingController.start(
              (call, proof) -> {
                if (call.endsWith("/redfish/v1/")) {
                  return Reply.of(200, hasSessions ? ROOT : "{\"Systems\":{}}");
                }
                return call.equals("POST /l")
                    ? new Reply(
                        201,
                        Map.of("X-Auth-Token", "t0ken-of-a-session", "Location", "/l/1"),
                        "{}",
                        true)
                    : Reply.of(403, "{\"error\":{\"code\":\"A.B\",\"message\":\"" + proof + "\"}}");
              })) {
        try (Session session = open(liar, user)) {
          BmcException refused = assertThrows(BmcException.class, () -> session.get("/s"));
          String said = String.valueOf(refused.getMessage());
          assertTrue(said.contains(Secret.STARS), said);
          String basic = new Secret(SimBmc.PASSWORD).basic(user).substring("Basic ".length());
          assertFalse(said.contains(basic) || said.contains("t0ken-of-a-session"), said);
        }
      }
    }
  }
}
