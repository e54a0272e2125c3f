package zeroboot.cli.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.ground.ZbootException;

/** The folder that a command makes. */
final class NewFolderOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder to make. Required.")
  @Nullable Path output;

  /**
   * The folder that was named.
   *
   * @param example a name for those who gave none
   */
  NewFolder folder(String example) {
    if (output == null) {
      throw ZbootException.usage("-o", "is missing", "name the folder to make, like -o " + example);
    }
    return new NewFolder(output);
  }
}
