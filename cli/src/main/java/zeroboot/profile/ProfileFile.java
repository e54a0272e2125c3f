package zeroboot.profile;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** A profile on disk. */
public final class ProfileFile {
  /** In bytes: a rack of ten thousand nodes fits. */
  public static final int MAX_SIZE = InputKind.PROFILE.limit();

  private static final String STDIN = "-";

  private ProfileFile() {}

  /**
   * Reads a profile; {@code -} is standard input.
   *
   * @param standardInput opens that, if it is asked for
   * @throws ZbootException (usage, I/O) if it cannot be read, (settings) if it is not acceptable
   */
  public static Profile read(Path file, Supplier<InputStream> standardInput) {
    if (file.toString().equals(STDIN)) {
      return read("standard input", standardInput.get());
    }
    return read(file.toString(), BoundedReader.file(file, InputKind.PROFILE));
  }

  /** Reads a profile from a stream; {@code name} is for errors. */
  static Profile read(String name, InputStream in) {
    return read(name, BoundedReader.stream(name, in, InputKind.PROFILE));
  }

  private static Profile read(String name, byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return ProfileReader.read(
          name, StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      throw ZbootException.settings(name, "is not UTF-8 text", "save it as UTF-8");
    }
  }
}
