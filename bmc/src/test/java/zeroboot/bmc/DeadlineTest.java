package zeroboot.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.Times;
import zeroboot.testing.bmc.Fault;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** What is asked together has an end, however often a controller says "later". */
class DeadlineTest {
  private static final Duration WHOLE = Duration.ofSeconds(3);

  private static String givenUp(SimBmc.Builder plan, Maker maker) {
    try (Bench bench = new Bench(plan, maker)) {
      bench.open().close(); // what takes its time once is not measured
      long begin = System.nanoTime();
      Times times = Bench.QUICK.within(WHOLE);
      BmcException thrown =
          assertThrows(
              BmcException.class,
              () -> {
                try (Session session = bench.open(times)) {
                  while (true) {
                    Controller.of(session, Which.ONLY).facts();
                  }
                }
              });
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertTrue(took.compareTo(WHOLE.multipliedBy(5)) < 0, took.toString());
      assertEquals(BmcException.Kind.SILENT, thrown.kind());
      assertEquals(0, bench.bmc.openSessions(), "to log out has a time of its own");
      return String.valueOf(thrown.getMessage());
    }
  }

  @Test
  void busyForEver() {
    String said = givenUp(SimBmc.of(Maker.DELL).with(Fault.ALWAYS_BUSY), Maker.DELL);
    assertTrue(said.contains("was not done within 3 s"), said);
    assertTrue(
        said.contains("waited for GET /redfish/v1/Systems, which it puts off (HTTP 503)"), said);
  }

  /** No answer takes longer than one may, and there are many. */
  @Test
  void slowForEver() {
    String said = givenUp(SimBmc.of(Maker.HPE).delay(300), Maker.HPE);
    assertTrue(said.contains("was not done within 3 s"), said);
    assertTrue(said.contains("waited for GET /redfish/v1/"), said);
  }
}
