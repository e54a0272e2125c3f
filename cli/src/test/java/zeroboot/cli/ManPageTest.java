package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import zeroboot.testing.ForeignTool;

/** The manual, judged by the two programs that show manuals. */
class ManPageTest {
  @TempDir private Path folder;
  private Path pages;

  @BeforeEach
  void writeAll() {
    pages = folder.resolve("man1");
    CliRun run = CliRun.of("man", "-o", pages.toString());
    assertEquals(0, run.exitCode(), run.err());
  }

  @Test
  void everyCommandHasAPage() throws IOException {
    for (CommandLine command : HelpTest.commands()) {
      String name = command.getCommandSpec().qualifiedName("-") + ".1";
      String page = Files.readString(pages.resolve(name));
      for (String section : new String[] {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"}) {
        assertTrue(page.contains("\n.SH " + section + "\n"), name + " " + section);
      }
      assertTrue(page.contains("\n.SH EXIT STATUS\n"), name);
      assertTrue(page.contains("\n.SH ENVIRONMENT\n"), name);
      for (OptionSpec option : command.getCommandSpec().options()) {
        String escaped = "\\fB" + option.longestName().replace("-", "\\-") + "\\fR";
        assertTrue(page.contains(escaped), name + " " + option.longestName());
      }
      String words = command.getCommandSpec().qualifiedName().substring(5).strip();
      List<String> args = new ArrayList<>(List.of("man"));
      args.addAll(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
      assertEquals(page, CliRun.of(args.toArray(String[]::new)).text());
    }
    try (Stream<Path> files = Files.list(pages)) {
      assertEquals(HelpTest.commands().size(), files.count());
    }
  }

  @Test
  void mandocHasNothingToSay() throws IOException {
    assertEquals("", judge("mandoc", "-Tlint", "-W", "style"));
  }

  @Test
  void groffHasNothingToSay() throws IOException {
    assertEquals("", judge("groff", "-man", "-ww", "-z", "-Tutf8"));
  }

  @Test
  void aCommandThatIsNone() {
    CliRun run = CliRun.of("man", "core", "lst");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("did you mean list?"), run.err());
  }

  private String judge(String tool, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of(options));
    try (Stream<Path> files = Files.list(pages)) {
      files.sorted().map(Path::toString).forEach(words::add);
    }
    return ForeignTool.require(tool).run(words.toArray(String[]::new)).ok();
  }
}
