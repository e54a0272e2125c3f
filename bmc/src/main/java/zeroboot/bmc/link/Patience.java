package zeroboot.bmc.link;

import java.time.Duration;
import java.util.Optional;

/** How long requests that belong together may take, and what they wait for. */
final class Patience {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final String PUT_OFF = ", which it puts off (HTTP ";

  private final BmcAddress address;
  private final Optional<Deadline> whole;
  private String waitsFor = "its first answer";

  Patience(BmcAddress address, Optional<Deadline> whole) {
    this.address = address;
    this.whole = whole;
  }

  /**
   * Something is about to be asked.
   *
   * @param call method and path
   * @param own time for it
   * @param isRead whether it changes nothing. What does has all of its own time: if it is not known
   *     whether that was done, somebody has to look.
   * @return the time that there is for it
   * @throws BmcException if there is none left
   */
  Duration asks(String call, Duration own, boolean isRead) {
    if (whole.isPresent() && whole.get().isOver()) {
      throw BmcException.of(
          BmcException.Kind.SILENT,
          address
              + " was not done within "
              + whole.get().time().toSeconds()
              + " s; it was waited for "
              + waitsFor,
          "run it again when the controller has less to do, or restart the controller");
    }
    // Asked again, it may be answered late this time; that it was put off tells more.
    waitsFor = waitsFor.startsWith(call + PUT_OFF) ? waitsFor : call;
    Duration time = whole.filter(end -> isRead).map(end -> end.within(own)).orElse(own);
    return time.compareTo(LEAST) < 0 ? LEAST : time;
  }

  /** What was asked is answered with: not now. */
  void putOff(int status, Duration wait) {
    if (!waitsFor.contains(PUT_OFF)) {
      waitsFor += PUT_OFF + status + ")";
    }
    Times.pause(whole.map(end -> end.within(wait)).orElse(wait));
  }
}
