package zeroboot.cli.write;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.Terminal;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Obstacle;
import zeroboot.usb.probe.FoundMark;
import zeroboot.usb.write.Progress;

/** Tells a person: on a terminal by a moving line for each device, else by plain lines. */
final class TextReport implements WriteReport {
  /** Between two pictures of the lines, in milliseconds. */
  private static final long FRAME = 200;

  private final Streams streams;
  private final PrintStream err;

  /** A moving line must not be broken by the terminal, or it could not be taken back. */
  private final int columns;

  private final boolean isTerminal;
  private final List<ProgressLine> lines = new ArrayList<>();
  private int drawn;
  private boolean isClosed;

  private TextReport(Streams streams, Terminal terminal) {
    this.streams = streams;
    err = streams.err();
    isTerminal = terminal.isBehind(err);
    columns = isTerminal ? terminal.columns(err) - 1 : 0;
  }

  static TextReport on(Streams streams, Terminal terminal) {
    TextReport report = new TextReport(streams, terminal);
    if (report.isTerminal) {
      Thread ticker = new Thread(report::tick, "progress");
      ticker.setDaemon(true);
      ticker.start();
    }
    return report;
  }

  @Override
  public void warning(String text) {
    streams.warning(text);
  }

  @Override
  public void plan(WritePlan plan, boolean isDryRun) {
    plan.record().ifPresent(record -> err.println("Zero Boot, " + record.shown()));
    err.println("Image   " + plan.image().name() + ", " + plan.imageSize());
    if (!plan.verdict().equals(ImageVerdict.MADE)) {
      err.println("        is " + plan.verdict().text());
    }
    for (WritePlan.Erasure erasure : plan.erasures()) {
      Device device = erasure.device();
      String verb = NewFiles.isNew(device) ? "Makes   " : "Erases  ";
      err.println(verb + device.shown());
      if (device.kind() == Device.Kind.DISK) {
        err.println("        holds " + DevicesCommand.holds(erasure.listed()));
      }
      device.uses().forEach(use -> err.println("        " + use.shown()));
      erasure.notes().forEach(note -> err.println("        " + note));
      for (FoundMark found : erasure.clears()) {
        err.printf(Locale.ROOT, "        clears %s at byte %d%n", found.name(), found.offset());
      }
    }
    if (isDryRun) {
      err.println("Nothing was written (--dry-run)");
    }
  }

  @Override
  public void refused(Device device, List<Obstacle> obstacles) {
    new QuietReport(streams).refused(device, obstacles);
  }

  @Override
  public synchronized Progress progress(Device device) {
    ProgressLine line = new ProgressLine(device.path(), isTerminal ? null : this::say);
    lines.add(line);
    return line;
  }

  private synchronized void say(String text) {
    erase();
    err.println(text);
    draw();
  }

  @Override
  public void done(Device device, long bytes) {
    finish(
        device,
        String.format(
            Locale.ROOT,
            "%s: %,d bytes written, read back and equal%s",
            device.path(),
            bytes,
            device.kind() == Device.Kind.FILE ? "" : "; it is safe to pull it out"));
  }

  @Override
  public void failed(Device device, DeviceException e) {
    finish(
        device,
        streams.errPaint().bad("zboot:")
            + " "
            + DeviceErrors.translate(e).message(streams.hints()));
  }

  private synchronized void finish(Device device, String text) {
    erase();
    lines.removeIf(line -> line.device().equals(device.path()));
    err.println(text);
    draw();
  }

  private void tick() {
    while (true) {
      synchronized (this) {
        if (isClosed) {
          return;
        }
        erase();
        draw();
      }
      try {
        Thread.sleep(FRAME);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Moves the cursor to where the moving lines begin and clears from there on. */
  private void erase() {
    if (drawn > 0) {
      err.print(Shown.control("[" + drawn + "A") + Shown.toLineStart() + Shown.control("[J"));
      drawn = 0;
    }
  }

  private void draw() {
    if (!isTerminal || isClosed) {
      return;
    }
    for (ProgressLine line : lines) {
      String text = Shown.line(line.shown());
      err.println(text.substring(0, Math.min(text.length(), columns)));
      drawn++;
    }
    err.flush();
  }

  @Override
  public synchronized void close() {
    erase();
    isClosed = true;
    err.flush();
  }
}
