package zeroboot.usb.macos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs programs. */
final class SystemCommands implements Commands {
  @Override
  public byte[] run(String... words) throws IOException {
    Path errors = Files.createTempFile("zboot", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
      builder.environment().put("LANG", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException(lastLine(Files.readString(errors), output));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  /** diskutil tells its errors on either stream. */
  private static String lastLine(String errors, byte[] output) {
    String all = (new String(output, StandardCharsets.UTF_8) + "\n" + errors).strip();
    return all.substring(all.lastIndexOf('\n') + 1).replaceAll("\\p{C}", "");
  }
}
