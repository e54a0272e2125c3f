package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.OpensslCms;

/** The program of {@code docs/library.md}, as it stands there. */
class LibraryGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "library.md");

  @TempDir private Path folder;

  @Test
  void theProgramMakesSignsAndVerifies() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    assertEquals(folder.resolve("keys"), keys.folder());
    Path source = Files.writeString(folder.resolve("MakeNode.java"), block("java"));
    String path = System.getProperty("java.class.path");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-proc:none", "-cp", path, "-d", folder + "", source.toString()));
    String printed =
        ForeignTool.require("env")
            .run(
                Map.of("ZBOOT_KEY_PASSWORD", FarmKeys.PASSWORD),
                "-C",
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + path,
                "MakeNode")
            .ok();
    assertEquals("as made", printed.strip());
    String image = folder.resolve("zboot.img").toString();
    CliRun run =
        CliRun.of(
            keys.with(
                "usb", "--farm-id", "4242", "--sign-key", keys.file("sign.p12"), "-o", image));
    assertEquals(0, run.exitCode(), run.err());
    for (String extension : List.of("", ".sig")) {
      assertEquals(
          -1,
          Files.mismatch(Path.of(image + extension), folder.resolve("node.img" + extension)),
          extension);
    }
    Path made = folder.resolve("node.img");
    OpensslCms.verify(Path.of(made + ".sig"), made, Path.of(keys.file("sign.pem")));
  }

  /** The coordinates are those of the build. */
  @Test
  void theDependencyIsWhatIsInstalled() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    String dependency = block("xml");
    for (String tag : List.of("groupId", "version")) {
      assertEquals(between(pom, tag), between(dependency, tag));
    }
    String module = between(dependency, "artifactId").replaceFirst("^zboot-", "");
    assertTrue(pom.contains("<module>" + module + "</module>"), module);
    assertTrue(
        Files.readString(Path.of("..", module, "pom.xml"))
            .contains("<artifactId>zboot-" + module + "</artifactId>"));
  }

  private static String between(String xml, String tag) {
    return xml.split("</?" + tag + ">", 3)[1];
  }

  private static String block(String language) throws IOException {
    return Files.readString(GUIDE).split("```" + language + "\n", 2)[1].split("```", 2)[0];
  }
}
