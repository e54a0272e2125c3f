package zeroboot.server.net;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;

/** What Java has no way to say to Linux of a socket. Loaded when a socket is bound to a device. */
interface LibC extends Library {
  /** socket(7), asm-generic/socket.h. */
  int SOL_SOCKET = 1;

  int SO_BINDTODEVICE = 25;

  static LibC load() {
    return Loaded.INSTANCE;
  }

  /** Loads on first use. */
  final class Loaded {
    private static final LibC INSTANCE = Native.load("c", LibC.class);

    private Loaded() {}
  }

  int setsockopt(int fd, int level, int name, byte[] value, int length) throws LastErrorException;
}
