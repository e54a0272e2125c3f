package zeroboot.cli.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import zeroboot.bmc.link.BmcException;
import zeroboot.cli.console.ExitCode;

/**
 * All nodes: as many at a time as there are workers speak with their controllers, and any number
 * boots meanwhile.
 */
final class DeployRun {
  private static final int TICK_MILLIS = 200;
  private static final int END_SECONDS = 15;

  private final List<DeployNode> nodes;
  private final Map<DeployNode, NodeWork> works = new HashMap<>();
  private final Means means;
  private final ExecutorService workers;
  private final DeployScreen screen;
  private volatile boolean stopped;

  DeployRun(
      List<DeployNode> nodes,
      Means means,
      NodeImages images,
      RunLog log,
      ExecutorService workers,
      DeployScreen screen) {
    this.nodes = nodes;
    this.means = means;
    this.workers = workers;
    this.screen = screen;
    nodes.forEach(node -> works.put(node, new NodeWork(node, means, images, log)));
  }

  /** Makes every image, before any controller is touched. */
  void prepare() {
    for (DeployNode node : nodes) {
      if (!node.step().isEnd()) {
        try {
          work(node).prepare();
        } catch (BmcException e) {
          node.fail(e);
        }
      }
    }
  }

  private NodeWork work(DeployNode node) {
    NodeWork work = works.get(node);
    if (work == null) {
      throw new IllegalStateException(node.name());
    }
    return work;
  }

  /** Until every node has come to its end. */
  void run() {
    Set<DeployNode> last = new HashSet<>();
    try {
      for (DeployNode node : nodes) {
        if (!node.step().isEnd()) {
          workers.execute(work(node)::deploy);
        }
      }
      while (!stopped) {
        boolean left = false;
        for (DeployNode node : nodes) {
          left |= look(node, last);
        }
        screen.tick(nodes);
        if (!left) {
          return;
        }
        Thread.sleep(TICK_MILLIS);
      }
    } catch (RejectedExecutionException e) {
      // it is ended already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (stopped) {
      var unused = hasEnded(); // nothing may be closed under them while they end their sessions
    }
  }

  /** Whether anything is still to be done for it. */
  private boolean look(DeployNode node, Set<DeployNode> last) {
    DeployNode.View view = node.view();
    if (view.step().isEnd()) {
      return false;
    }
    boolean boots =
        view.step().compareTo(Step.BOOTS) >= 0 && view.step().compareTo(Step.STARTED) <= 0;
    if (!boots) {
      last.remove(node); // it may boot once more
      return true;
    }
    if (last.contains(node)) {
      return true;
    }
    if (view.step().compareTo(work(node).goal()) >= 0) {
      last.add(node);
      workers.execute(work(node)::end);
      return true;
    }
    if (Duration.between(node.bootedAt(), Instant.now()).compareTo(means.patience()) > 0) {
      last.add(node);
      workers.execute(work(node)::explain);
    }
    return true;
  }

  /** Ends what runs: sessions are closed, and the log knows how far each came. */
  void stop() {
    stopped = true;
    workers.shutdownNow();
    if (!hasEnded()) {
      screen.log("A controller does not answer; the next run ends its session.");
    }
  }

  /** Whether all of it has come to its end, in time. */
  private boolean hasEnded() {
    try {
      return workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many nodes there are. */
  int size() {
    return nodes.size();
  }

  /** Nodes that were given up. */
  List<DeployNode.View> failed() {
    return troubled().stream().filter(view -> view.step() == Step.FAILED).toList();
  }

  /**
   * Of all nodes together: first what concerns safety, then controllers, then what was left alone,
   * then boots.
   */
  int exit() {
    Set<Integer> codes = new HashSet<>();
    nodes.forEach(node -> codes.add(node.exit()));
    for (int code :
        List.of(ExitCode.BUG, ExitCode.SIGNATURE, ExitCode.IO, ExitCode.REFUSED, ExitCode.TRIAL)) {
      if (codes.contains(code)) {
        return code;
      }
    }
    return ExitCode.INTERRUPTED;
  }

  /** Nodes that did not get there. */
  List<DeployNode.View> troubled() {
    List<DeployNode.View> all = new ArrayList<>();
    nodes.forEach(
        node -> {
          if (node.step() != Step.DONE) {
            all.add(node.view());
          }
        });
    return all;
  }
}
