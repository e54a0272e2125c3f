package zeroboot.server.service;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import zeroboot.script.ZbootVersion;

/** What is counted, as Prometheus reads it (text exposition format 0.0.4). */
final class Metrics {
  static final String TYPE = "text/plain;version=0.0.4;charset=utf-8";

  /** Upper ends, in seconds; above them there is one more. */
  private static final double[] SECONDS = {0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600};

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder[] buckets = new LongAdder[SECONDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /**
   * A request was answered.
   *
   * @param what one of few words, never a visitor's
   */
  void answered(String what, int status, long size, long took) {
    requests
        .computeIfAbsent(
            "kind=\"" + what + "\",status=\"" + status + "\"", label -> new LongAdder())
        .increment();
    bytes.add(size);
    nanos.add(took);
    int bucket = 0;
    while (bucket < SECONDS.length && took > SECONDS[bucket] * 1e9) {
      bucket++;
    }
    buckets[bucket].increment();
  }

  /** An image was made: nobody had asked for it, or not for long. */
  void made() {
    made.increment();
  }

  /** The text; {@code more} are further values that go up and down, by name. */
  String text(Map<String, LongSupplier> more) {
    StringBuilder text = new StringBuilder(2048);
    head(text, "zboot_requests_total", "counter", "Requests that were answered.");
    requests.forEach(
        (label, count) -> line(text, "zboot_requests_total{" + label + "}", count.sum()));
    head(text, "zboot_request_duration_seconds", "histogram", "From request to last byte.");
    long sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += buckets[i].sum();
      String end = i < SECONDS.length ? String.valueOf(SECONDS[i]) : "+Inf";
      line(text, "zboot_request_duration_seconds_bucket{le=\"" + end + "\"}", sum);
    }
    text.append("zboot_request_duration_seconds_sum ")
        .append(String.format(Locale.ROOT, "%.6f\n", nanos.sum() / 1e9));
    line(text, "zboot_request_duration_seconds_count", sum);
    one(text, "zboot_sent_bytes_total", "counter", "Bytes of answers.", bytes.sum());
    one(text, "zboot_images_made_total", "counter", "Images made, scripts too.", made.sum());
    more.forEach(
        (name, value) ->
            one(text, "zboot_" + name, "gauge", name.replace('_', ' ') + ".", value.getAsLong()));
    one(text, "zboot_heap_bytes", "gauge", "Memory of the Java heap in use.", heap());
    head(text, "zboot_build_info", "gauge", "The version that runs.");
    line(text, "zboot_build_info{version=\"" + ZbootVersion.current() + "\"}", 1);
    return text.toString();
  }

  private static long heap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void one(StringBuilder text, String name, String type, String help, long value) {
    head(text, name, type, help);
    line(text, name, value);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
