package zeroboot.cli.write;

import java.util.List;
import zeroboot.cli.console.Streams;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Obstacle;
import zeroboot.usb.write.Progress;

/** Speaks of failures only. */
record QuietReport(Streams streams) implements WriteReport {
  private static final Progress SILENT =
      new Progress() {
        @Override
        public void begins(Phase phase, long total) {}

        @Override
        public void advanced(long done) {}
      };

  @Override
  public void warning(String text) {}

  @Override
  public void plan(WritePlan plan, boolean isDryRun) {}

  @Override
  public void refused(Device device, List<Obstacle> obstacles) {
    // The first of them ends the command with an error of its own.
    for (Obstacle obstacle : obstacles.subList(1, obstacles.size())) {
      streams.error(DeviceErrors.translate(obstacle.refusal(device)));
    }
  }

  @Override
  public Progress progress(Device device) {
    return SILENT;
  }

  @Override
  public void done(Device device, long bytes) {}

  @Override
  public void failed(Device device, DeviceException e) {
    streams.error(DeviceErrors.translate(e));
  }

  @Override
  public void close() {}
}
