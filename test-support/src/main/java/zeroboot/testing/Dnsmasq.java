package zeroboot.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** The DHCP, DNS and TFTP server of a {@link Lan}, and what it says that it did. */
public final class Dnsmasq {
  private static final Pattern MESSAGE =
      Pattern.compile(": (\\d+) (DHCP[A-Z]+)\\(" + Lan.SWITCH + "\\) (?:[0-9.]+ )?([0-9a-f:]{17})");

  private static final Pattern SENT = Pattern.compile(": sent \\S*/(\\S+) to ");
  private final Path log;
  private final Path leases;

  /**
   * A message of the DHCP protocol.
   *
   * @param transaction the same for all messages of one exchange
   * @param type {@code DHCPDISCOVER}, …
   * @param mac the client's
   */
  private record Message(String transaction, String type, String mac) {}

  Dnsmasq(Path folder) {
    log = folder.resolve("dnsmasq.log");
    leases = folder.resolve("dnsmasq.leases");
  }

  Path log() {
    return log;
  }

  List<String> command(String... options) {
    List<String> command = new ArrayList<>(List.of(ForeignTool.require("dnsmasq").path()));
    Collections.addAll(command, "--keep-in-foreground", "--user=root", "--pid-file");
    Collections.addAll(command, "--log-facility=-", "--log-dhcp", "--dhcp-leasefile=" + leases);
    Collections.addAll(command, "--interface=" + Lan.SWITCH, "--bind-interfaces", "--no-resolv");
    Collections.addAll(command, "--host-record=" + Lan.FAR_SERVER + "," + Lan.FAR_ADDRESS);
    // It would ask the network for three seconds whether an address is free.
    Collections.addAll(command, "--no-hosts", "--no-ping");
    if (List.of(options).stream().noneMatch(option -> option.startsWith("--conf-file"))) {
      command.add("--conf-file=/dev/null");
    }
    Collections.addAll(command, options);
    return command;
  }

  /** Everything that it said. */
  public String text() {
    return Lan.read(log);
  }

  /** The MAC addresses of all that asked for an address, with success or without. */
  public Set<String> askedBy() {
    Set<String> macs = new TreeSet<>();
    MESSAGE.matcher(text()).results().map(Dnsmasq::message).forEach(m -> macs.add(m.mac()));
    return macs;
  }

  /**
   * What it gave, in this order: {@code address for MAC} and {@code file NAME}. What is repeated in
   * the same exchange counts once: a lost answer, or a file whose size is asked for before.
   */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    Set<String> transactions = new HashSet<>();
    for (String line : text().split("\n", -1)) {
      Matcher matcher = MESSAGE.matcher(line);
      if (matcher.find() && message(matcher).type().equals("DHCPACK")) {
        if (transactions.add(message(matcher).transaction())) {
          given.add("address for " + message(matcher).mac());
        }
      }
      Matcher sent = SENT.matcher(line);
      if (sent.find()) {
        String file = "file " + sent.group(1);
        if (given.lastIndexOf(file) < given.size() - 1 || given.isEmpty()) {
          given.add(file);
        }
      }
    }
    return given;
  }

  private static Message message(MatchResult found) {
    return new Message(found.group(1), found.group(2), found.group(3));
  }

  /** The address that the client with this MAC has; fails if it has none. */
  public String addressOf(String mac) {
    Pattern line = Pattern.compile("^\\d+ " + mac + " (\\S+) ", Pattern.MULTILINE);
    Matcher lease = line.matcher(Lan.read(leases));
    Optional<String> address = lease.results().map(found -> found.group(1)).findFirst();
    return address.orElseGet(() -> Assertions.fail("no lease for " + mac + ":\n" + text()));
  }
}
