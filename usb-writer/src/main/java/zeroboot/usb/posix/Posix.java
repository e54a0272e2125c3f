package zeroboot.usb.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** Functions of POSIX.1, where pointers, sizes and offsets have 64 bits. */
public interface Posix extends Library {
  /** open(2); the other flags have numbers of each system's own. */
  int O_RDWR = 2;

  int EPERM = 1;
  int EACCES = 13;
  int EBUSY = 16;
  int EEXIST = 17;

  int open(String path, int flags, Object... mode) throws LastErrorException;

  int close(int fd) throws LastErrorException;

  long pread(int fd, Pointer buffer, long count, long offset) throws LastErrorException;

  long pwrite(int fd, Pointer buffer, long count, long offset) throws LastErrorException;

  int fsync(int fd) throws LastErrorException;

  int ioctl(int fd, long request, Object... argument) throws LastErrorException;

  String strerror(int error);

  /** The system's words for an error, without its number. */
  default String words(LastErrorException e) {
    return strerror(e.getErrorCode());
  }
}
