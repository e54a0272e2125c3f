package zeroboot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document with commands in it.
 *
 * <p>Blocks fenced as {@code sh} are run, unless {@code <!-- not run: REASON -->} stands before
 * one; {@code <!-- exits N -->} there says that its last command ends so. A block fenced as {@code
 * output} holds lines of what the block before it prints, where {@code ...} stands for anything. A
 * block whose first line is {@code # NAME} with a dot in the name is that file.
 */
record Guide(Path file, List<Block> blocks) {
  private static final Pattern FENCE = Pattern.compile("( *)```(\\S*).*");
  private static final Pattern REMARK =
      Pattern.compile("<!-- (?:not run: (?<reason>.+)|exits (?<code>\\d+)) -->");
  private static final Pattern FILE_NAME = Pattern.compile("# ([\\w-]+\\.[\\w.-]+)");

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence
   * @param line its first line, counted from 1
   * @param notRun why it is not run
   * @param exitCode of the last command
   */
  record Block(
      String language, int line, List<String> lines, @Nullable String notRun, int exitCode) {
    boolean isRun() {
      return language.equals("sh") && notRun == null;
    }

    boolean isOutput() {
      return language.equals("output");
    }

    /** The name of the file that the block shows, or null. */
    @Nullable String fileName() {
      Matcher name = FILE_NAME.matcher(lines.isEmpty() ? "" : lines.get(0));
      return !language.equals("sh") && name.matches() ? name.group(1) : null;
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }
  }

  /** The README and all that lies in docs. */
  static List<Guide> all() {
    Path root = Path.of("..");
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      Stream<Path> above =
          Stream.of("README.md", "CONTRIBUTING.md", "examples/README.md").map(root::resolve);
      return Stream.concat(above, docs.sorted())
          .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
          .map(Guide::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the repository names it. */
  String name() {
    return Path.of("..").relativize(file).toString();
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Guide read(Path file) {
    try {
      return new Guide(file, blocks(Files.readAllLines(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int first = i + 1;
        Matcher remark = REMARK.matcher(i == 0 ? "" : lines.get(i - 1).strip());
        boolean remarked = remark.matches();
        String reason = remarked ? remark.group("reason") : null;
        String code = remarked ? remark.group("code") : null;
        List<String> content = new ArrayList<>();
        for (i = first; !lines.get(i).strip().equals("```"); i++) {
          String line = lines.get(i);
          content.add(line.substring(Math.min(fence.group(1).length(), line.length())));
        }
        int exitCode = code == null ? 0 : Integer.parseInt(code);
        blocks.add(new Block(fence.group(2), first + 1, content, reason, exitCode));
      }
    }
    return blocks;
  }
}
