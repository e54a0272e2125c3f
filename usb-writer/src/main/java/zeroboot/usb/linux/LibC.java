package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import zeroboot.usb.posix.Posix;

/**
 * What Java has no way to say to a Linux of 64 bits: the names, numbers and argument orders are
 * those of the C library and of {@code linux/fs.h}. Loaded when a device is judged or opened for
 * writing, and never before.
 */
interface LibC extends Posix {
  /** open(2); {@link #direct()} is not the same everywhere. */
  int O_EXCL = 0200;

  int O_CREAT = 0100;
  int O_NONBLOCK = 04000;
  int O_CLOEXEC = 02000000;

  int BLKROGET = 0x125E;
  int BLKRRPART = 0x125F;
  int BLKFLSBUF = 0x1261;
  int BLKSSZGET = 0x1268;
  int BLKGETSIZE64 = 0x80081272;
  int BLKGETDISKSEQ = 0x80081280;

  int POSIX_FADV_DONTNEED = 4;

  static LibC load() {
    return Loaded.INSTANCE;
  }

  /** Loads on first use. */
  final class Loaded {
    private static final LibC INSTANCE = Native.load("c", LibC.class);

    private Loaded() {}
  }

  /** O_DIRECT has another number on ARM and POWER than in asm-generic/fcntl.h. */
  static int direct() {
    return hasOwnFlags() ? (arch().startsWith("ppc") ? 0400000 : 0200000) : 040000;
  }

  /** O_NOFOLLOW, too. */
  static int noFollow() {
    return hasOwnFlags() ? 0100000 : 0400000;
  }

  private static boolean hasOwnFlags() {
    return arch().equals("aarch64") || arch().equals("arm") || arch().startsWith("ppc");
  }

  private static String arch() {
    return System.getProperty("os.arch", "");
  }

  int ftruncate(int fd, long length) throws LastErrorException;

  int posix_fadvise(int fd, long offset, long length, int advice);

  int umount2(String target, int flags) throws LastErrorException;

  /** An ioctl that answers with an int. */
  static int askInt(int fd, int request) {
    IntByReference answer = new IntByReference();
    load().ioctl(fd, Integer.toUnsignedLong(request), answer);
    return answer.getValue();
  }

  /** An ioctl that answers with a 64-bit number. */
  static long askLong(int fd, int request) {
    LongByReference answer = new LongByReference();
    load().ioctl(fd, Integer.toUnsignedLong(request), answer);
    return answer.getValue();
  }
}
