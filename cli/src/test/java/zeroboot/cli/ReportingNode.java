package zeroboot.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.testing.bmc.HostMachine;

/** A machine that does with an image what a node does, as far as others hear of it: it reports. */
final class ReportingNode implements HostMachine {
  private static final Pattern REPORT = Pattern.compile("\nset report (\\S+)\n");
  private static final Pattern IMAGE = Pattern.compile("\nset image (\\S+)\n");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "node");
            thread.setDaemon(true);
            return thread;
          });

  private final String mac;
  private final long millis;
  private final List<String> steps;
  private final CountDownLatch gate;
  private String other = "";
  private UnaryOperator<String> place = address -> address;
  private volatile boolean on;

  /**
   * One that is off.
   *
   * @param millis between two steps
   */
  ReportingNode(int number, long millis, String... steps) {
    this(number, new CountDownLatch(0), millis, steps);
  }

  /**
   * Likewise, one that boots for as long as a gate is closed.
   *
   * @param gate opens before its first report
   */
  ReportingNode(int number, CountDownLatch gate, long millis, String... steps) {
    this.gate = gate;
    mac = String.format("00:00:5e:00:%02x:%02x", number >> 8, number & 255);
    this.millis = millis;
    this.steps = List.of(steps);
  }

  static ReportingNode quick(int number) {
    return new ReportingNode(number, 20, "address", "kernel", "kernel-fetched", "started");
  }

  /** One that boots, and reports another image than it was given. */
  static ReportingNode ofAnotherImage(int number) {
    ReportingNode node = quick(number);
    node.other = "0000-0000-0000-0000";
    return node;
  }

  /**
   * Somebody who knows the node, its image and where it reports to, but for the word.
   *
   * @param place what he makes of the address
   */
  static ReportingNode pretending(int number, UnaryOperator<String> place) {
    ReportingNode node = quick(number);
    node.place = place;
    return node;
  }

  @Override
  public void boot(Path image, Seen as) {
    on = true;
    String text;
    try {
      text = new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Matcher report = REPORT.matcher(text);
    Matcher id = IMAGE.matcher(text);
    if (report.find() && id.find()) {
      String base = place.apply(report.group(1)) + "?mac=" + mac + "&step=";
      String named = "&image=" + (other.isEmpty() ? id.group(1) : other);
      THREADS.execute(() -> tell(base, named));
    }
  }

  /** The first report alone names the image. */
  private void tell(String base, String named) {
    try {
      gate.await();
      for (String step : steps) {
        Thread.sleep(millis);
        if (!on) {
          return;
        }
        String more = step.equals("address") || !other.isEmpty() ? named : "";
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + step + more)).build();
        CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException e) {
      // nobody listens any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void bootElsewhere() {
    on = true;
  }

  @Override
  public void off() {
    on = false;
  }
}
