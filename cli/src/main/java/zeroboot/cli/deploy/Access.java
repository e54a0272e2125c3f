package zeroboot.cli.deploy;

import java.util.Optional;
import java.util.concurrent.Executor;
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
 * @param system which of several computers is meant
 * @param pin fingerprint of the certificate; empty if an authority vouches, or nobody yet
 */
record Access(
    String name, BmcAddress address, Optional<String> system, Login login, Optional<String> pin) {
  Access pinned(Optional<String> fingerprint) {
    return new Access(name, address, system, login, fingerprint);
  }

  Session open(BmcTrust trust, Times times, SessionLog log, Executor threads) {
    return Session.open(address, login, pin, trust, times, log, threads);
  }
}
