package zeroboot.bmc.link;

/** Remembers which sessions are open, so that those of a run that broke off can be ended later. */
public interface SessionLog {
  /** A session was opened at this address; the token is told nobody. */
  void opened(BmcAddress address, String path);

  /** It was ended. */
  void ended(BmcAddress address, String path);

  /** For those who ask something and leave. */
  SessionLog NONE =
      new SessionLog() {
        @Override
        public void opened(BmcAddress address, String path) {}

        @Override
        public void ended(BmcAddress address, String path) {}
      };
}
