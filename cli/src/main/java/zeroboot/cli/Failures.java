package zeroboot.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.LostOutput;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.Streams;
import zeroboot.cli.write.DeviceErrors;
import zeroboot.ground.ZbootException;
import zeroboot.usb.DeviceException;

/** The one place that turns whatever was thrown into one line and an exit code. */
final class Failures {
  private static final int DEEPEST_CAUSE = 20;

  private Failures() {}

  /** Says it; returns the exit code. */
  static int say(Throwable thrown, Streams streams, boolean debug) {
    if (debug) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace, true));
      streams.errors().print(Shown.lines(trace.toString()));
    }
    if (thrown instanceof LostOutput) {
      return ExitCode.IO;
    }
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof ZbootException known) {
        streams.error(known);
        return ExitCode.of(known.kind());
      }
      if (cause instanceof DeviceException known) {
        return say(DeviceErrors.translate(known), streams, false);
      }
      if (cause instanceof UnsatisfiedLinkError || isNativeClass(cause)) {
        streams.error(
            "the native library that opens devices cannot be loaded ("
                + lastReason(cause)
                + "); where temporary folders let no program run (noexec), set XDG_CACHE_HOME to a"
                + " folder that does");
        return ExitCode.IO;
      }
      if (cause instanceof OutOfMemoryError) {
        streams.error(
            "the memory that Java may use is not enough ("
                + firstLine(cause)
                + "); give it more with JAVA_TOOL_OPTIONS=-Xmx2g");
        return ExitCode.IO;
      }
      if (isLostClass(cause)) {
        streams.error(
            "a part of zboot is missing or damaged ("
                + firstLine(cause)
                + "); reinstall zboot, or build it again");
        return ExitCode.IO;
      }
      cause = cause.getCause();
    }
    streams.error(
        "this is a bug in zboot ("
            + firstLine(thrown)
            + "); please report it with what --debug shows");
    return ExitCode.BUG;
  }

  /** Of zboot itself, or of what it brings with it. */
  private static boolean isLostClass(Throwable cause) {
    return cause instanceof ClassNotFoundException
        || (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError));
  }

  /** A class whose library could not be loaded is not there, when it is asked for again. */
  private static boolean isNativeClass(Throwable cause) {
    return cause instanceof NoClassDefFoundError
        && String.valueOf(cause.getMessage()).matches(".*com[./]sun[./]jna.*");
  }

  /** The linker puts the file's name before it, Java the same once more, JNA all jars behind. */
  private static String lastReason(Throwable thrown) {
    String line = firstLine(thrown).replaceFirst(" in resource path .*", "");
    return line.substring(line.lastIndexOf(": ") + 1).strip();
  }

  private static String firstLine(Throwable thrown) {
    return thrown.toString().lines().findFirst().orElse("").strip();
  }
}
