package zeroboot.cli.make;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The file that lists the checksums of a folder, for {@code sha256sum -c}. */
final class ChecksumFile {
  static final String NAME = "SHA256SUMS";

  private ChecksumFile() {}

  /**
   * Its text: two spaces between sum and name, the mode that every sha256sum reads.
   *
   * @param sums of files by name
   */
  static byte[] bytes(Map<String, String> sums) {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
