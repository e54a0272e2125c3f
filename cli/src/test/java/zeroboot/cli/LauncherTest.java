package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages' launcher makes names work in any locale, from any folder, below any path. */
class LauncherTest {
  @TempDir private Path folder;
  private Path launcher = Path.of("");

  /** The launcher as ./zboot-dist makes it, on the Java and the classes of this test. */
  @BeforeEach
  void install() throws IOException {
    Path program = Files.createDirectories(folder.resolve("Hofstraße/漢"));
    Files.createDirectories(program.resolve("bin"));
    Files.createDirectories(program.resolve("lib"));
    Files.createSymbolicLink(
        program.resolve("lib/runtime"), Path.of(System.getProperty("java.home")));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String text =
        Files.readString(Path.of("..", "tools", "dist", "zboot"))
            .replace(
                "@FLAGS@",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED")
            .replace("@CLASSPATH@", classPath);
    launcher = Files.writeString(program.resolve("bin/zboot"), text);
    assertTrue(launcher.toFile().setExecutable(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=zz_ZZ.UTF-8"})
  void namesWork(String locale) throws IOException, InterruptedException {
    workIn(locale);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=POSIX", "LANG=de_DE@none"})
  void soTheyDoIn(String locale) throws IOException, InterruptedException {
    workIn(locale);
  }

  private void workIn(String locale) throws IOException, InterruptedException {
    Path place = Files.createDirectory(folder.resolve("dü"));
    assertEquals("0 ", run(locale, place, "iso", "-q", "--farm-id", "1", "-o", "Hofstraße.iso"));
    assertEquals("0 ", run(locale, folder, "usb", "-q", "--farm-id", "1", "-o", "dü/漢字😀.img"));
    assertTrue(Files.size(place.resolve("Hofstraße.iso")) > 100_000);
    String said = run(locale, place, "inspect", "漢字😀.img");
    assertTrue(said.startsWith("0 漢字😀.img: USB image of zboot"), said);
    Files.writeString(place.resolve("Höfe.yaml"), "farm-id: 7\nnode: x\n");
    assertTrue(run(locale, place, "config", "show", "--config", "Höfe.yaml").contains("Höfe.yaml"));
  }

  @Test
  void bytesThatAreNoText() throws IOException, InterruptedException {
    String line = "printf x >\"$(printf 'a\\377.iso')\"; \"$@\" inspect \"$(printf 'a\\377.iso')\"";
    String said = run(List.of("bash", "-c", line, "bash", launcher.toString()), "LC_ALL=C", folder);
    assertTrue(said.startsWith("2 zboot: ") && said.contains("not UTF-8"), said);
  }

  private String run(String locale, Path place, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    return run(command, locale, place);
  }

  /** Exit code and all that was said. */
  private static String run(List<String> command, String locale, Path place)
      throws IOException, InterruptedException {
    // The test's own Java may not be able to pass such names on: a script does.
    Path script = place.resolve("run.sh");
    StringBuilder text = new StringBuilder("exec");
    command.forEach(word -> text.append(" '").append(word.replace("'", "'\\''")).append('\''));
    Files.writeString(script, text.append('\n'));
    ProcessBuilder builder = new ProcessBuilder("sh", "run.sh").directory(place.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put(locale.split("=", 2)[0], locale.split("=", 2)[1]);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.delete(script);
    return process.waitFor() + " " + said;
  }
}
