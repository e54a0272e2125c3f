package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Streams;
import zeroboot.ground.ZbootException;

/** Whatever is thrown is one line and an exit code. */
class FailuresTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

  static Stream<Arguments> thrown() {
    ZbootException known = ZbootException.settings("x", "is wrong", "mend it");
    return Stream.of(
        Arguments.of(known, 3, "zboot: x: is wrong; mend it"),
        Arguments.of(new ExecutionException(new IllegalStateException(known)), 3, "x: is wrong"),
        Arguments.of(new ExceptionInInitializerError(known), 3, "x: is wrong"),
        Arguments.of(new StackOverflowError(), 70, "a bug in zboot (java.lang.StackOverflowError)"),
        Arguments.of(
            new AssertionError("a\nb"), 70, "a bug in zboot (java.lang.AssertionError: a)"),
        Arguments.of(new IllegalStateException(), 70, "report it with what --debug shows"),
        Arguments.of(new UncheckedIOException(new IOException("x")), 70, "a bug in zboot"),
        Arguments.of(new OutOfMemoryError("Java heap space"), 1, "JAVA_TOOL_OPTIONS=-Xmx2g"),
        Arguments.of(new IllegalStateException(new OutOfMemoryError()), 1, "memory"),
        Arguments.of(new NoClassDefFoundError("org/x/Y"), 1, "reinstall zboot"),
        Arguments.of(new ClassFormatError("org/x/Y"), 1, "missing or damaged"),
        Arguments.of(
            new NoClassDefFoundError("Could not initialize class com.sun.jna.Native"),
            1,
            "XDG_CACHE_HOME"),
        Arguments.of(
            new UnsatisfiedLinkError("Native library (a) not found in resource path (b.jar:c.jar)"),
            1,
            "loaded (Native library (a) not found); where"),
        Arguments.of(new UnsatisfiedLinkError("/tmp/x.so: not permitted"), 1, "(noexec)"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void isOneLine(Throwable thrown, int exitCode, String says) {
    assertEquals(
        exitCode,
        Failures.say(thrown, new Streams(stream, stream, Paint.PLAIN, Paint.PLAIN), false));
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.startsWith("zboot: ") && text.contains(says), text);
  }

  /** Of a thread that nobody waits for. */
  @Test
  void alsoOnAnotherThread() throws InterruptedException {
    Thread thread = new Thread(FailuresTest::deeper, "deep");
    thread.setUncaughtExceptionHandler((at, e) -> Zboot.fail(e, stream, stream));
    thread.start();
    thread.join();
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.contains("java.lang.StackOverflowError"), text);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void deeper() {
    deeper();
  }
}
