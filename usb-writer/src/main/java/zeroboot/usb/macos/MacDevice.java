package zeroboot.usb.macos;

import com.sun.jna.LastErrorException;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Refusals;
import zeroboot.usb.posix.PosixDevice;

/**
 * A disk, open through its raw node, which has no cache.
 *
 * <p>While a disk is open for writing, the system mounts no part of it, and it cannot be opened so
 * while a part is mounted: IOMedia has one writer. {@code O_EXLOCK} keeps other programs off that
 * ask for the lock as well.
 */
final class MacDevice extends PosixDevice {
  private final LibSystem library = LibSystem.load();
  private final Commands commands;
  private final String name;
  private boolean isWritten;

  private MacDevice(Commands commands, String name, int fd, long size, int blockSize) {
    super(LibSystem.load(), fd, size, blockSize);
    this.commands = commands;
    this.name = name;
  }

  static MacDevice open(Device device, Commands commands) {
    LibSystem library = LibSystem.load();
    int flags = LibSystem.O_RDWR | LibSystem.O_EXLOCK | LibSystem.O_NONBLOCK | LibSystem.O_CLOEXEC;
    int fd;
    try {
      fd = library.open("/dev/r" + device.name(), flags);
    } catch (LastErrorException e) {
      throw cannotOpen(device, e);
    }
    try {
      library.fcntl(fd, LibSystem.F_NOCACHE, 1);
      IntByReference blockSize = new IntByReference();
      library.ioctl(fd, LibSystem.DKIOCGETBLOCKSIZE, blockSize);
      LongByReference blocks = new LongByReference();
      library.ioctl(fd, LibSystem.DKIOCGETBLOCKCOUNT, blocks);
      IntByReference isWritable = new IntByReference();
      library.ioctl(fd, LibSystem.DKIOCISWRITABLE, isWritable);
      if (isWritable.getValue() == 0) {
        throw Refusals.writeProtected(device);
      }
      long size = blocks.getValue() * blockSize.getValue();
      return new MacDevice(commands, device.name(), fd, size, blockSize.getValue());
    } catch (LastErrorException e) {
      library.close(fd);
      throw cannotOpen(device, e);
    } catch (DeviceException e) {
      library.close(fd);
      throw e;
    }
  }

  private static DeviceException cannotOpen(Device device, LastErrorException e) {
    return switch (e.getErrorCode()) {
      case LibSystem.EBUSY, LibSystem.EAGAIN -> Refusals.inUse(device, "");
      case LibSystem.EACCES -> Refusals.cannotOpen(device, words(e), "try with sudo");
      case LibSystem.EPERM ->
          Refusals.cannotOpen(
              device,
              words(e),
              "try with sudo; if that does not help, allow your terminal Full Disk Access in the"
                  + " system's privacy settings");
      default -> Refusals.cannotOpen(device, words(e), "plug it in again");
    };
  }

  private static String words(LastErrorException e) {
    return LibSystem.load().words(e);
  }

  @Override
  public void flush() throws IOException {
    run(() -> library.ioctl(fd(), LibSystem.DKIOCSYNCHRONIZECACHE, 0));
  }

  /** A raw node has none. */
  @Override
  public void dropCaches() {}

  /** The system looks by itself when the writer closes the disk; then it is ejected. */
  @Override
  public void rereadPartitions() {
    isWritten = true;
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (isWritten) {
      try {
        commands.run("/usr/sbin/diskutil", "eject", name);
      } catch (IOException e) {
        // Everything is on the medium. Whether the system has looked at it since matters little.
        return;
      }
    }
  }
}
