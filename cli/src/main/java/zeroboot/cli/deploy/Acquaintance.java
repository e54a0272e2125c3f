package zeroboot.cli.deploy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Times;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.StandardInput;

/**
 * Looks at the certificates of controllers before anybody tells them a password. New ones are shown
 * and asked about, all at once; nothing that changed is asked about.
 */
final class Acquaintance {
  private static final int SHOWN = 12;

  private final Session session;
  private final BmcTrust trust;
  private final Pins pins;
  private final boolean trustNew;

  Acquaintance(Session session, BmcTrust trust, Pins pins, boolean trustNew) {
    this.session = session;
    this.trust = trust;
    this.pins = pins;
    this.trustNew = trustNew;
  }

  /** What came of it: accesses that can be used, and why others cannot, by name. */
  record Met(Map<String, Access> accesses, Map<String, BmcException> strangers) {}

  Met meet(List<Access> all, Times times, ExecutorService workers) {
    Map<String, Future<Access>> looks = new LinkedHashMap<>();
    List<Access> unknown = new ArrayList<>();
    for (Access each : all) {
      looks.put(each.name(), workers.submit(() -> known(each, times)));
    }
    Map<String, Access> accesses = new LinkedHashMap<>();
    Map<String, BmcException> strangers = new LinkedHashMap<>();
    for (Access each : all) {
      try {
        Access looked = looks.get(each.name()) == null ? each : looks.get(each.name()).get();
        if (looked.pin().isPresent() && isNew(each)) {
          unknown.add(looked);
        } else {
          accesses.put(each.name(), looked);
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof BmcException known)) {
          throw new IllegalStateException(e.getCause());
        }
        strangers.put(each.name(), known);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Met(accesses, strangers);
      }
    }
    if (!unknown.isEmpty()) {
      decide(unknown, accesses, strangers);
    }
    return new Met(accesses, strangers);
  }

  private boolean isNew(Access access) {
    return access.pin().isEmpty() && pins.of(access.address()).isEmpty();
  }

  /** With its pin; what it shows, if nobody knows it. */
  private Access known(Access access, Times times) {
    if (access.pin().isPresent()) {
      return access;
    }
    Optional<String> pin = pins.of(access.address());
    if (pin.isPresent()) {
      return access.pinned(pin);
    }
    BmcTrust.Seen seen = trust.look(access.address(), times);
    return seen.isVouchedFor() ? access : access.pinned(Optional.of(seen.fingerprint()));
  }

  private void decide(
      List<Access> unknown, Map<String, Access> accesses, Map<String, BmcException> strangers) {
    if (trustNew || isAgreed(unknown)) {
      Map<BmcAddress, String> fresh = new LinkedHashMap<>();
      unknown.forEach(each -> each.pin().ifPresent(sha -> fresh.put(each.address(), sha)));
      Map<BmcAddress, String> others = pins.add(fresh);
      for (Access each : unknown) {
        String first = others.get(each.address());
        if (first == null) {
          // Should two looks have seen two, the one that is pinned counts.
          accesses.put(each.name(), each.pinned(Optional.ofNullable(fresh.get(each.address()))));
        } else {
          strangers.put(each.name(), changed(each, first));
        }
      }
      session
          .streams()
          .err()
          .println("Pinned " + (fresh.size() - others.size()) + " certificates in " + pins.file());
      return;
    }
    for (Access each : unknown) {
      strangers.put(
          each.name(),
          BmcException.of(
              BmcException.Kind.CERTIFICATE,
              "nobody vouches for its certificate (SHA-256 " + each.pin().orElse("") + ")",
              "compare it, then answer yes at a terminal, or put it into the profile as"
                  + " fingerprint:, or add --bmc-ca or --trust-new"));
    }
  }

  private static BmcException changed(Access access, String first) {
    return BmcException.of(
        BmcException.Kind.CERTIFICATE,
        "its certificate is another than a run at the same time has pinned ("
            + first
            + "; it shows SHA-256 "
            + access.pin().orElse("")
            + ")",
        "somebody may sit in between: compare both with the controller's own page");
  }

  private boolean isAgreed(List<Access> unknown) {
    if (!session.terminal().isInput() || !session.terminal().isBehind(session.streams().err())) {
      return false;
    }
    Dialogue dialogue =
        new Dialogue(
            new BufferedReader(new InputStreamReader(StandardInput.open(), StandardCharsets.UTF_8)),
            session.streams());
    dialogue.say(
        "Controllers that were never seen before, with the SHA-256 of their certificates:");
    unknown.stream()
        .limit(SHOWN)
        .forEach(each -> dialogue.say("  " + each.address() + "  " + each.pin().orElse("")));
    if (unknown.size() > SHOWN) {
      dialogue.say("  and " + (unknown.size() - SHOWN) + " more");
    }
    try {
      return dialogue.isYes(
          "Are these yours, on a network of yours",
          false,
          "From now on each has to show the same certificate. Compare some with what the"
              + " controllers' web pages show, if others can reach that network.");
    } catch (Dialogue.Ended e) {
      return false;
    }
  }
}
