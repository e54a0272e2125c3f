package zeroboot.cli.deploy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import zeroboot.bmc.Controller;
import zeroboot.bmc.Preview;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.Times;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Streams;

/** Who is to be deployed, and what each controller says before anything is changed. */
final class DeployPlan {
  private final List<DeployNode> nodes;
  private final Means means;
  private final RunLog log;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /**
   * Takes over who could be met.
   *
   * @param met those others are at their end
   */
  DeployPlan(
      List<DeployNode> nodes, Acquaintance.Met met, Means means, NodeImages images, RunLog log) {
    this.nodes = nodes;
    this.means = means;
    this.log = log;
    for (DeployNode node : nodes) {
      Access access = met.accesses().get(node.name());
      if (access != null) {
        node.access(access);
      } else {
        BmcException why = met.strangers().get(node.name());
        node.fail(
            why == null
                ? BmcException.of(BmcException.Kind.INTERRUPTED, "interrupted", "run it again")
                : why);
      }
    }
  }

  /** What a controller says of itself, and the calls that would be made. */
  private record Seen(Controller.Facts facts, List<String> calls, Optional<RunLog.Mark> before) {
    /** What is to become of the machine. */
    String fate(boolean restart) {
      RunLog.Mark mark = before.orElse(RunLog.Mark.FAILED);
      if (mark == RunLog.Mark.DONE || mark == RunLog.Mark.STARTED) {
        return "; runs since a run before";
      }
      if (mark == RunLog.Mark.BOOTS) {
        return "; boots since a run before";
      }
      if (facts.power().equals("Off")) {
        return "";
      }
      return restart ? "; will be switched off" : "; runs, is left alone";
    }
  }

  /** Asks them all; who does not answer is at its end. */
  void look(ExecutorService workers) {
    Map<DeployNode, Future<Seen>> looks = new LinkedHashMap<>();
    for (DeployNode node : nodes) {
      if (!node.step().isEnd()) {
        try {
          looks.put(node, workers.submit(() -> look(node)));
        } catch (RejectedExecutionException e) {
          return; // it is ended already
        }
      }
    }
    looks.forEach(
        (node, future) -> {
          try {
            seen.put(node.name(), future.get());
          } catch (ExecutionException e) {
            if (e.getCause() instanceof BmcException known) {
              node.fail(known);
            } else {
              node.fail(Step.FAILED, "a bug in zboot: " + e.getCause(), ExitCode.BUG);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /**
   * Refuses nodes that are one machine by what their controllers say of it, under two names or at
   * two addresses, and machines that another run has.
   *
   * @param isOurs whether this run may have what is named so
   */
  void refuse(Predicate<String> isOurs) {
    Map<String, List<DeployNode>> machines = new LinkedHashMap<>();
    for (DeployNode node : nodes) {
      Seen each = seen.get(node.name());
      if (each != null) {
        each.facts()
            .identity()
            .ifPresent(id -> machines.computeIfAbsent(id, k -> new ArrayList<>()).add(node));
      }
    }
    machines.forEach(
        (id, all) -> {
          if (all.size() > 1) {
            all.forEach(node -> node.fail(twin(node, all, id)));
          } else if (!isOurs.test("machine " + id)) {
            all.forEach(node -> node.fail(RunLocks.held("this machine (" + id + ")")));
          }
        });
  }

  private static BmcException twin(DeployNode node, List<DeployNode> all, String id) {
    List<String> others =
        all.stream()
            .filter(each -> each != node)
            .map(each -> each.name() + " at " + each.view().bmc())
            .toList();
    return BmcException.of(
        BmcException.Kind.OCCUPIED,
        "it is the same machine as " + String.join(" and ", others) + " (" + id + ")",
        "name each machine once");
  }

  private Seen look(DeployNode node) {
    Access access = node.access();
    Times times = means.times().within(means.look());
    // They may hold the last places that there are.
    for (String path : log.left(access.address())) {
      if (access.end(path, means.trust(), times, means.threads())) {
        log.ended(access.address(), path);
      }
    }
    try (Session session = access.open(means.trust(), times, log, means.threads())) {
      log.left(access.address()).forEach(session::end);
      Controller controller = access.controller(session);
      Controller.Facts facts = controller.facts();
      Optional<RunLog.Mark> before = log.reached(node.name(), node.key()).map(RunLog.Reached::mark);
      if (before.isPresent() && facts.power().equals("Off")) {
        // Whatever it booted then, it does not run any more.
        log.reached(node.name(), node.key(), RunLog.Mark.FAILED);
        before = Optional.empty();
      }
      return new Seen(
          facts, Preview.of(controller, node.view().url(), means.mayGo(node.name())), before);
    }
  }

  /** A line for each node; with the calls, if they are not made. */
  void print(Streams streams, boolean isDryRun) {
    PrintStream err = streams.err();
    int running = 0;
    for (DeployNode node : nodes) {
      Seen each = seen.get(node.name());
      if (each == null) {
        continue;
      }
      boolean runs = !each.facts().power().equals("Off");
      running += runs ? 1 : 0;
      if (node.step().isEnd()) {
        continue; // it was refused, and its line says why
      }
      List<String> words = new ArrayList<>();
      words.add((each.facts().maker() + " " + each.facts().model()).strip());
      words.add(each.facts().serial());
      words.add("system " + each.facts().systemId());
      words.add("power " + each.facts().power());
      words.removeIf(String::isBlank);
      err.println(
          node.name()
              + " at "
              + node.view().bmc()
              + ": "
              + String.join(", ", words)
              + each.fate(means.mayRestart())
              + "; gets "
              + node.key());
      if (isDryRun) {
        each.calls().forEach(call -> err.println("    " + call));
      }
    }
    err.println(
        seen.size()
            + " of "
            + nodes.size()
            + " controllers answer, "
            + running
            + " machines run"
            + (isDryRun ? "; nothing was changed" : ""));
  }
}
