package zeroboot.bmc.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.ZbootException;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;
import zeroboot.testing.bmc.SimCertificate;

/** Who is let in, whom we believe, and that the password goes nowhere else. */
class SessionTest {
  private static final Login LOGIN = new Login(SimBmc.USER, new Secret(SimBmc.PASSWORD));
  private static final Times QUICK =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMillis(10));

  static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
      };

  private static Session open(SimBmc bmc, Login login, Optional<String> pin, BmcTrust trust) {
    return Session.open(
        BmcAddress.parse("address", bmc.address()),
        login,
        pin,
        trust,
        QUICK,
        SessionLog.NONE,
        THREADS);
  }

  @Test
  void anotherCertificateIsToldNothing() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start()) {
      BmcException thrown =
          assertThrows(
              BmcException.class,
              () -> open(bmc, LOGIN, Optional.of("00".repeat(32)), BmcTrust.PINS));
      assertEquals(BmcException.Kind.CERTIFICATE, thrown.kind());
      assertTrue(String.valueOf(thrown.getMessage()).contains(bmc.fingerprint()));
      assertEquals(List.of(), bmc.calls());
    }
  }

  @Test
  void withoutPinOrAuthorityNobodyIsBelieved() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start()) {
      assertThrows(BmcException.class, () -> open(bmc, LOGIN, Optional.empty(), BmcTrust.PINS));
      assertEquals(List.of(), bmc.calls());
    }
  }

  @Test
  void anAuthorityVouchesForNameAndChain() {
    SimCertificate right = SimCertificate.create("bmc", "ip:127.0.0.1");
    SimCertificate otherName = SimCertificate.create("bmc", "dns:bmc.example");
    for (SimCertificate each : List.of(right, otherName)) {
      BmcTrust trust = BmcTrust.authority("ca.pem", each.pem().getBytes(StandardCharsets.US_ASCII));
      try (SimBmc bmc = SimBmc.of(Maker.DELL).certificate(each).start()) {
        BmcAddress address = BmcAddress.parse("address", bmc.address());
        BmcTrust.Seen seen = trust.look(address, QUICK);
        assertEquals(bmc.fingerprint(), seen.fingerprint());
        assertEquals(each == right, seen.isVouchedFor());
        if (each == right) {
          open(bmc, LOGIN, Optional.empty(), trust).close();
          assertEquals(0, bmc.openSessions());
        } else {
          assertThrows(BmcException.class, () -> open(bmc, LOGIN, Optional.empty(), trust));
          assertEquals(List.of(), bmc.calls());
        }
      }
    }
    assertThrows(ZbootException.class, () -> BmcTrust.authority("ca.pem", new byte[] {1, 2}));
  }

  /** Where the owner names a certificate, an authority that vouches for another is not enough. */
  @Test
  void bothHaveToHold() {
    SimCertificate right = SimCertificate.create("bmc", "ip:127.0.0.1");
    SimCertificate otherName = SimCertificate.create("bmc", "dns:bmc.example");
    for (SimCertificate each : List.of(right, otherName)) {
      BmcTrust trust =
          BmcTrust.authority("ca.pem", each.pem().getBytes(StandardCharsets.US_ASCII)).both();
      try (SimBmc bmc = SimBmc.of(Maker.DELL).certificate(each).start()) {
        assertRefused(bmc, "00".repeat(32), trust, "another than was pinned");
        if (each == right) {
          open(bmc, LOGIN, Optional.of(bmc.fingerprint()), trust).close();
          assertEquals(0, bmc.openSessions());
        } else {
          assertRefused(bmc, bmc.fingerprint(), trust, "the authority does not vouch");
        }
      }
    }
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start()) {
      open(bmc, LOGIN, Optional.of(bmc.fingerprint()), BmcTrust.PINS.both()).close();
    }
  }

  private static void assertRefused(SimBmc bmc, String pin, BmcTrust trust, String words) {
    BmcException thrown =
        assertThrows(BmcException.class, () -> open(bmc, LOGIN, Optional.of(pin), trust));
    assertEquals(BmcException.Kind.CERTIFICATE, thrown.kind());
    assertTrue(String.valueOf(thrown.getMessage()).contains(words), thrown::toString);
    assertEquals(List.of(), bmc.calls());
  }

  @Test
  void aLookTellsNothing() {
    try (SimBmc bmc = SimBmc.of(Maker.HPE).start()) {
      BmcTrust.Seen seen = BmcTrust.PINS.look(BmcAddress.parse("address", bmc.address()), QUICK);
      assertEquals(bmc.fingerprint(), seen.fingerprint());
      assertFalse(seen.isVouchedFor());
      assertEquals(List.of(), bmc.calls());
    }
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() {
    for (Maker maker : List.of(Maker.DELL, Maker.PLAIN)) {
      try (SimBmc bmc = SimBmc.of(maker).start()) {
        Login wrong = new Login("root", new Secret("hunter2-hunter2"));
        BmcException thrown =
            assertThrows(
                BmcException.class,
                () -> {
                  try (Session session =
                      open(bmc, wrong, Optional.of(bmc.fingerprint()), BmcTrust.PINS)) {
                    session.get("/redfish/v1/Systems");
                  }
                });
        assertEquals(BmcException.Kind.LOGIN, thrown.kind());
        String said = String.valueOf(thrown.getMessage());
        assertTrue(said.contains("'root'"), said);
        assertFalse(said.contains("hunter2"), said);
        assertFalse(wrong.toString().contains("hunter2"), wrong.toString());
        assertEquals(0, bmc.openSessions());
      }
    }
  }

  /** Whoever is told to end while it logs in still learns which session to end. */
  @Test
  void anInterruptedLoginLeavesNoSession() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).delay(200).start()) {
      Thread me = Thread.currentThread();
      THREADS.execute(
          () -> {
            while (bmc.calls().stream().noneMatch(each -> each.startsWith("POST "))) {
              Thread.onSpinWait();
            }
            me.interrupt();
          });
      assertThrows(
          BmcException.class,
          () -> {
            try (Session session =
                open(bmc, LOGIN, Optional.of(bmc.fingerprint()), BmcTrust.PINS)) {
              session.get("/redfish/v1/Systems");
            }
          });
      assertTrue(Thread.interrupted());
      assertEquals(0, bmc.openSessions(), bmc.calls().toString());
    }
  }

  /** A controller that repeats what it was told does not make us repeat it. */
  @Test
  void aRepeatedPasswordIsNotShown() {
    for (String password : List.of("p\"4 s\\s&wörd<x>", "abc", "x".repeat(300))) {
      JsonObject said = new JsonObject();
      said.addProperty("error", "no: {\"Password\":\"" + password + "\"} " + password + " is bad");
      String raw = said.toString();
      for (String body : List.of(raw, "[" + raw + "]", "plain " + password + ", and raw")) {
        Answer answer = new Answer(400, Map.of(), body);
        String shown = Trouble.of(answer, new Secret(password)::without).shown(400);
        assertFalse(shown.contains(password), shown);
        assertFalse(shown.contains(password.substring(0, 3)), shown);
        assertTrue(shown.contains(Secret.STARS), shown);
      }
    }
  }

  /** What cannot be sent back is named, and is no bug of ours. */
  @Test
  void brokenPathsAreNamed() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start();
        Session session = open(bmc, LOGIN, Optional.of(bmc.fingerprint()), BmcTrust.PINS)) {
      for (String path : List.of("/redfish/v1/a b", "/redfish/v1/%zz", "/redfish/v1/[\n]")) {
        BmcException thrown = assertThrows(BmcException.class, () -> session.get(path));
        assertEquals(BmcException.Kind.CANNOT, thrown.kind());
      }
      assertThrows(
          BmcException.class,
          () -> session.patch("/redfish/v1/x", new JsonObject(), Optional.of("a\r\nb: c")));
    }
  }

  @Test
  void aSessionOfAnEarlierRunIsEnded() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start()) {
      Optional<String> pin = Optional.of(bmc.fingerprint());
      open(bmc, LOGIN, pin, BmcTrust.PINS); // and it crashes
      assertEquals(1, bmc.openSessions());
      BmcAddress address = BmcAddress.parse("address", bmc.address());
      assertTrue(
          Session.end(
              address,
              LOGIN,
              pin,
              BmcTrust.PINS,
              QUICK,
              THREADS,
              "/redfish/v1/SessionService/Sessions/S1"));
      assertEquals(0, bmc.openSessions());
    }
  }

  @Test
  void nobodyAnswers() {
    BmcAddress nobody = new BmcAddress("127.0.0.1", 1);
    BmcException thrown = assertThrows(BmcException.class, () -> BmcTrust.PINS.look(nobody, QUICK));
    assertEquals(BmcException.Kind.SILENT, thrown.kind());
    assertTrue(String.valueOf(thrown.getMessage()).contains("127.0.0.1:1"), thrown::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "https://root:calvin@192.0.2.1/",
        "192.0.2.1:0",
        "192.0.2.1:99999",
        "bmc/..",
        "-bmc",
        "[::1",
        "bmc:port",
        "bm\u00e9"
      })
  void noAddress(String text) {
    ZbootException thrown =
        assertThrows(ZbootException.class, () -> BmcAddress.parse("bmc of node-01", text));
    assertFalse(String.valueOf(thrown.getMessage()).contains("calvin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "bmc-1.example:8443", "[2001:db8::7]", "[::1]:8443"})
  void anAddress(String text) {
    assertEquals(text, BmcAddress.parse("bmc", text).toString());
  }
}
