package zeroboot.cli.write;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zeroboot.usb.Sizes;
import zeroboot.usb.write.Progress;

/** How far one device is, as a line: phase, share, bytes, rate, time left. */
final class ProgressLine implements Progress {
  private static final int STEPS = 10;
  private static final double NANO = 1e9;

  private final String device;
  private final @Nullable Consumer<String> plain;
  private Phase phase = Phase.CLEARING;
  private long total = -1;
  private long done;
  private long started = System.nanoTime();
  private long told;

  /**
   * A line that nothing has happened on yet.
   *
   * @param plain hears of each tenth where no terminal shows a moving line; null if one does
   */
  ProgressLine(String device, @Nullable Consumer<String> plain) {
    this.device = device;
    this.plain = plain;
  }

  String device() {
    return device;
  }

  @Override
  public void begins(Phase next, long bytes) {
    synchronized (this) {
      phase = next;
      total = bytes;
      done = 0;
      told = 0;
      started = System.nanoTime();
    }
    if (plain != null) {
      plain.accept(device + ": " + verb(next));
    }
  }

  @Override
  public void advanced(long bytes) {
    boolean isNews;
    synchronized (this) {
      done = bytes;
      long step = total > 0 ? Math.max(1, total / STEPS) : 1L << 30;
      isNews = done / step > told && done < total;
      told = done / step;
    }
    if (plain != null && isNews) {
      plain.accept(shown());
    }
  }

  /** {@code /dev/sdb: writing 42 %, 6.5 GB of 15.5 GB, 31.0 MB/s, 4:51 left}. */
  synchronized String shown() {
    StringBuilder text = new StringBuilder(device).append(": ").append(verb(phase));
    if (done == 0) {
      return text.toString();
    }
    double seconds = Math.max(1, System.nanoTime() - started) / NANO;
    double rate = done / seconds;
    if (total > 0) {
      text.append(String.format(Locale.ROOT, " %d %%,", done * 100 / total));
    }
    text.append(' ').append(Sizes.shown(done));
    if (total > 0) {
      text.append(" of ").append(Sizes.shown(total));
    }
    text.append(", ").append(Sizes.shown((long) rate)).append("/s");
    if (total > 0) {
      long left = (long) Math.ceil((total - done) / rate);
      text.append(String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60));
    }
    return text.toString();
  }

  private static String verb(Phase phase) {
    return switch (phase) {
      case CLEARING -> "clearing";
      case CHECKING_CAPACITY -> "checking the capacity";
      case WRITING -> "writing";
      case FINISHING -> "waiting for the device";
      case VERIFYING -> "reading back";
    };
  }
}
