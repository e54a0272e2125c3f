package zeroboot.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks. Text goes through {@link Shown}; bytes go as they are. It remembers
 * whether all of it arrived, which a {@link PrintStream} tells only to those who ask.
 */
@SuppressWarnings("AnnotateFormatMethod") // the annotation is a library's, PrintStream has none
public final class ShownStream extends PrintStream {
  private static final int BUFFER = 1 << 13;

  private final @Nullable Descriptor descriptor;
  private final @Nullable ShownStream first;
  private PrintStream behind;
  boolean isMute;
  boolean isJournal;

  /** Columns of the terminal that shows it; null where none does. */
  private @Nullable IntSupplier columns;

  private ShownStream(
      PrintStream behind, @Nullable Descriptor descriptor, @Nullable ShownStream first) {
    super(behind, false);
    this.behind = behind;
    this.descriptor = descriptor;
    this.first = first;
  }

  /** A second way to the same place, which can be muted alone. */
  ShownStream another() {
    ShownStream another = new ShownStream(behind, descriptor, first == null ? this : first);
    another.columns = columns;
    another.isJournal = isJournal;
    return another;
  }

  /**
   * From now on lines break between words, for somebody at a terminal. What is printed without the
   * end of its line, as {@link #printCommand} does, stays as it is.
   *
   * @param width of the terminal, asked for when a line is long
   */
  public void wrapAt(IntSupplier width) {
    columns = width;
  }

  /** A line that somebody may copy: the terminal breaks it, and takes it back as one. */
  public void printCommand(String line) {
    print(line + System.lineSeparator());
  }

  /** What is said from now on is lost, as somebody wants it. */
  void mute() {
    behind = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    isMute = true;
  }

  /** Whatever is printed to {@code behind} from now on. */
  public static ShownStream on(PrintStream behind) {
    return behind instanceof ShownStream shown ? shown : new ShownStream(behind, null, null);
  }

  /** The process's standard output. */
  public static ShownStream standardOutput() {
    return of(FileDescriptor.out, "stdout.encoding");
  }

  /** The process's standard error. */
  public static ShownStream standardError() {
    return of(FileDescriptor.err, "stderr.encoding");
  }

  private static ShownStream of(FileDescriptor file, String encoding) {
    Descriptor descriptor = new Descriptor(file);
    BufferedOutputStream buffered = new BufferedOutputStream(descriptor, BUFFER);
    return new ShownStream(new PrintStream(buffered, true, charset(encoding)), descriptor, null);
  }

  /** As the JDK chooses it; JDK 17 knows the property of a console by its older name alone. */
  private static Charset charset(String property) {
    String name = System.getProperty(property, System.getProperty("sun." + property));
    return name == null || !Charset.isSupported(name)
        ? Charset.forName(System.getProperty("native.encoding", "UTF-8"))
        : Charset.forName(name);
  }

  /** The stream that takes what is said: that of the process, or that of a caller's own. */
  public PrintStream behind() {
    if (first != null) {
      return first.behind();
    }
    return descriptor == null ? behind : this;
  }

  /** Whether something that was said is lost. */
  boolean isLost() {
    behind.flush();
    return behind.checkError();
  }

  /** Whether it is lost because nobody reads on, {@code | head} say. */
  boolean isPipeClosed() {
    return descriptor != null && descriptor.problem.toLowerCase(Locale.ROOT).contains("pipe");
  }

  /** Why it is lost, in the words of the system; empty if they are unknown. */
  String problem() {
    return descriptor == null ? "" : descriptor.problem;
  }

  @Override
  public void print(@Nullable String text) {
    behind.print(Shown.escaped(String.valueOf(text)));
  }

  @Override
  public void print(@Nullable Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char c) {
    print(String.valueOf(c));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(boolean value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(int value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(long value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(float value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(double value) {
    print(String.valueOf(value));
  }

  @Override
  public void println() {
    behind.println();
  }

  @Override
  public void println(@Nullable String text) {
    behind.println(wrapped(Shown.escaped(String.valueOf(text))));
  }

  /** A short line fits any terminal; what is for programs stays one line. */
  private String wrapped(String text) {
    return columns == null || text.length() <= Terminal.LEAST_COLUMNS || text.startsWith("{")
        ? text
        : Wrapping.at(columns.getAsInt(), text);
  }

  @Override
  public void println(@Nullable Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(char c) {
    println(String.valueOf(c));
  }

  @Override
  public void println(char[] text) {
    println(String.valueOf(text));
  }

  @Override
  public void println(boolean value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(int value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(long value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(float value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(double value) {
    println(String.valueOf(value));
  }

  /** The whole line at once: a value that ends with a line feed stands inside it. */
  @Override
  public PrintStream format(String format, @Nullable Object... values) {
    printFitted(String.format(format, values));
    return this;
  }

  /** Whether a line is not broken by the terminal. */
  boolean hasRoomFor(String line) {
    return columns == null || Wrapping.width(line) <= columns.getAsInt();
  }

  /** Prints it with lines that fit the terminal. */
  public void printFitted(String text) {
    behind.print(fitted(text));
  }

  /** A text as it is shown, in lines that fit the terminal. */
  public String fitted(String text) {
    return wrapped(Shown.escaped(text));
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... values) {
    printFitted(String.format(locale, format, values));
    return this;
  }

  @Override
  public void write(int b) {
    behind.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    behind.write(bytes, offset, length);
  }

  @Override
  public void flush() {
    behind.flush();
  }

  @Override
  public boolean checkError() {
    return behind.checkError();
  }

  /** A file descriptor that remembers what went wrong first. */
  private static final class Descriptor extends FilterOutputStream {
    private volatile String problem = "";

    Descriptor(FileDescriptor descriptor) {
      super(new FileOutputStream(descriptor));
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        OutputStream to = out;
        to.write(bytes, offset, length);
      } catch (IOException e) {
        if (problem.isEmpty()) {
          problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        throw e;
      }
    }
  }
}
