package zeroboot.usb.windows;

import java.io.IOException;

/** An error of Windows, by its number. */
final class Win32Exception extends IOException {
  private static final long serialVersionUID = 1L;

  /** Numbers of {@code winerror.h}. */
  static final int ERROR_ACCESS_DENIED = 5;

  static final int ERROR_WRITE_PROTECT = 19;
  static final int ERROR_SHARING_VIOLATION = 32;
  static final int ERROR_HANDLE_EOF = 38;
  static final int ERROR_NO_MORE_FILES = 18;

  private final int code;

  Win32Exception(int code, String words) {
    super(words);
    this.code = code;
  }

  int code() {
    return code;
  }
}
