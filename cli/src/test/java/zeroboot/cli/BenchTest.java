package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What measures Zero Boot is no module of the build, and has to compile with it all the same. */
final class BenchTest {
  @TempDir Path folder;

  @Test
  void compilesWithTheProject() throws Exception {
    List<Path> sources;
    try (Stream<Path> files = Files.list(Path.of("../bench"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertFalse(sources.isEmpty());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    List<String> words =
        List.of(
            "-Xlint:all",
            "-proc:none",
            "--class-path",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
      compiler
          .getTask(null, files, said, words, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    List<String> complaints = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> each : said.getDiagnostics()) {
      if (each.getSource() != null) { // else about the class path
        complaints.add(each.toString());
      }
    }
    assertEquals(List.of(), complaints);
  }
}
