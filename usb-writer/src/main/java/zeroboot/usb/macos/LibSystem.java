package zeroboot.usb.macos;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import zeroboot.usb.posix.Posix;

/**
 * What Java has no way to say to macOS: flags of open(2) and fcntl(2), and the requests of {@code
 * sys/disk.h}.
 */
interface LibSystem extends Posix {
  int O_NONBLOCK = 0x4;
  int O_EXLOCK = 0x20;
  int O_CLOEXEC = 0x1000000;

  int F_NOCACHE = 48;

  int DKIOCGETBLOCKSIZE = 0x40046418;
  int DKIOCGETBLOCKCOUNT = 0x40086419;
  int DKIOCISWRITABLE = 0x4004641D;
  int DKIOCSYNCHRONIZECACHE = 0x20006416;

  int EPERM = 1;

  /** The lock of O_EXLOCK is another's. */
  int EAGAIN = 35;

  static LibSystem load() {
    return Loaded.INSTANCE;
  }

  /** Loads on first use. */
  final class Loaded {
    private static final LibSystem INSTANCE = Native.load("System", LibSystem.class);

    private Loaded() {}
  }

  int fcntl(int fd, int command, Object... argument) throws LastErrorException;
}
