package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/**
 * Asks the loop driver itself ({@code linux/loop.h}): a backing file's path may have been chosen in
 * another namespace, or be gone; the numbers hold.
 */
final class LoopStatus {
  private static final int LOOP_GET_STATUS64 = 0x4C05;

  /** {@code struct loop_info64}, in bytes. */
  private static final int SIZE = 232;

  private static final int LO_DEVICE = 0;
  private static final int LO_INODE = 8;
  private static final int LO_RDEVICE = 16;

  private LoopStatus() {}

  /** What the driver says; what the path says where this user may not ask. */
  static Backing of(SysBlock loop, Backing byPath) {
    LibC libC = LibC.load();
    int fd;
    try {
      fd = libC.open(SysBlocks.shownPath(loop), LibC.O_CLOEXEC);
    } catch (LastErrorException e) {
      return byPath;
    }
    try (Memory info = new Memory(SIZE)) {
      info.clear();
      libC.ioctl(fd, LOOP_GET_STATUS64, info);
      long device = info.getLong(LO_RDEVICE);
      return device != 0
          ? new Backing(byPath.path(), UnixStat.packed(device), "", 0)
          : new Backing(
              byPath.path(), "", UnixStat.packed(info.getLong(LO_DEVICE)), info.getLong(LO_INODE));
    } catch (LastErrorException e) {
      return byPath; // detached a moment ago
    } finally {
      libC.close(fd);
    }
  }
}
