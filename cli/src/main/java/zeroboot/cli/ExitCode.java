package zeroboot.cli;

import zeroboot.spec.ZbootException;

/** What the process says to a script when it ends. The numbers are documented and stay. */
final class ExitCode {
  static final int OK = 0;
  static final int IO = 1;
  static final int USAGE = 2;
  static final int SETTINGS = 3;
  static final int REFUSED = 4;
  static final int SIGNATURE = 5;
  static final int BUG = 70;

  private ExitCode() {}

  static int of(ZbootException.Kind kind) {
    return switch (kind) {
      case IO -> IO;
      case USAGE -> USAGE;
      case SETTINGS -> SETTINGS;
      case REFUSED -> REFUSED;
      case SIGNATURE -> SIGNATURE;
    };
  }
}
