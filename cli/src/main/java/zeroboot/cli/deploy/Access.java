package zeroboot.cli.deploy;

import java.util.Optional;
import java.util.concurrent.Executor;
import zeroboot.bmc.Controller;
import zeroboot.bmc.Which;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Login;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.SessionLog;
import zeroboot.bmc.link.Times;

/**
 * How a node's controller is reached.
 *
 * @param name of the node, or the address where it has none
 * @param which of several computers is meant
 * @param pin fingerprint of the certificate; empty if an authority vouches, or nobody yet
 * @param isPinGiven whether the owner gave it; else it was seen before
 */
record Access(
    String name,
    BmcAddress address,
    Which which,
    Login login,
    Optional<String> pin,
    boolean isPinGiven) {
  Access pinned(Optional<String> fingerprint) {
    return new Access(name, address, which, login, fingerprint, isPinGiven);
  }

  private BmcTrust trust(BmcTrust trust) {
    return isPinGiven ? trust.both() : trust;
  }

  Session open(BmcTrust trust, Times times, SessionLog log, Executor threads) {
    return Session.open(address, login, pin, trust(trust), times, log, threads);
  }

  /** The computer that is meant, of whom we are logged in to. */
  Controller controller(Session session) {
    return Controller.of(session, which);
  }

  /** Ends a session that an earlier run left open; whether it is gone. */
  boolean end(String path, BmcTrust trust, Times times, Executor threads) {
    return Session.end(address, login, pin, trust(trust), times, threads, path);
  }
}
