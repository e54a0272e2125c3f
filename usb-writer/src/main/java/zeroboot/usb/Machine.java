package zeroboot.usb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A system and its devices: the one port that Linux, macOS and Windows implement. */
public interface Machine {
  /** All disks there are, with and without a medium. */
  List<Device> devices();

  /**
   * What lies at a path: a device, by its path or one of its ids, or a file.
   *
   * @throws DeviceException if nothing is there
   */
  Device device(String path);

  /** Whether {@code image} lies on this device, or is it. */
  boolean holds(Device device, Path image);

  /** Opens a device to look at it, together with others who do. */
  BlockReader read(Device device) throws IOException;

  /**
   * Finds out whether this user may write to a device, and opens nothing for writing.
   *
   * @throws DeviceException if not
   */
  void checkRights(Device device);

  /**
   * Unmounts everything that is mounted from the disk itself and its partitions, never lazily.
   *
   * @throws DeviceException if somebody still works there
   */
  void unmount(Device device);

  /**
   * Opens a device for writing, for this program alone, for as long as the result is open.
   *
   * @throws DeviceException with {@link Guard#IN_USE}'s reason if another program has it, or if it
   *     is not the same device any more
   */
  RawDevice open(Device device);

  /**
   * Makes a plain file of a planned one's size, and opens it.
   *
   * @param at where it is made: beside its place, say, to be moved there when it is whole
   * @throws DeviceException if anything has that name, or no file can be made there
   */
  RawDevice create(Device file, Path at);
}
