package zeroboot.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import zeroboot.spec.ZbootException;

/** A profile on disk. */
public final class ProfileFile {
  /** In bytes: a rack of ten thousand nodes fits. */
  public static final int MAX_SIZE = 4 << 20;

  private static final String STDIN = "-";

  private ProfileFile() {}

  /**
   * Reads a profile; {@code -} is standard input.
   *
   * @throws ZbootException (I/O) if it cannot be read, (settings) if it is not acceptable
   */
  public static Profile read(Path file) {
    if (file.toString().equals(STDIN)) {
      return readStdin();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw ZbootException.io(file.toString(), "there is no such file", "check its name");
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "could not be read (" + e.getMessage() + ")", "name a readable file");
    }
  }

  private static Profile readStdin() {
    try {
      return read("standard input", System.in);
    } catch (IOException e) {
      throw ZbootException.io(
          "standard input",
          "could not be read (" + e.getMessage() + ")",
          "look at the program before the pipe");
    }
  }

  /** Reads a profile from a stream; {@code name} is for errors. */
  static Profile read(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_SIZE + 1);
    if (bytes.length > MAX_SIZE) {
      throw ZbootException.settings(
          name, "is larger than " + MAX_SIZE + " bytes", "is it a profile? Split a rack if it is");
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return ProfileReader.read(
          name, StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      throw ZbootException.settings(name, "is not UTF-8 text", "save it as UTF-8");
    }
  }
}
