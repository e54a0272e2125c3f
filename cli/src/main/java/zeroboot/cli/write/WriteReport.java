package zeroboot.cli.write;

import java.util.List;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Obstacle;
import zeroboot.usb.write.Progress;

/** Tells what becomes of a write: to a person, to a program, or to nobody. */
interface WriteReport extends AutoCloseable {
  /** Something that the user should know and that stops nobody. */
  void warning(String text);

  /** What will be done; {@code isDryRun} if nothing will. */
  void plan(WritePlan plan, boolean isDryRun);

  /** A device that shall not be written to, with every reason. */
  void refused(Device device, List<Obstacle> obstacles);

  /** Hears from the thread that writes to this device. */
  Progress progress(Device device);

  /** A device is written and compared. */
  void done(Device device, long bytes);

  /** A device failed. */
  void failed(Device device, DeviceException e);

  @Override
  void close();
}
