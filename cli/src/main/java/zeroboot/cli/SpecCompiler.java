package zeroboot.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles what {@link SpecWriter} writes. */
final class SpecCompiler {
  private SpecCompiler() {}

  /** Not straight to the classes: the compiler would see a module there and want its parts. */
  static void compile(List<String> files, Path apart, Path classes)
      throws IOException, URISyntaxException {
    Files.createDirectories(apart);
    List<String> words =
        new ArrayList<>(List.of("-proc:none", "-g", "--release", "17", "-implicit:none"));
    words.addAll(List.of("-d", apart.toString(), "-cp", classPath()));
    words.addAll(files);
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("what was made of the options does not compile");
    }
    try (Stream<Path> made = Files.walk(apart)) {
      for (Path each : made.filter(Files::isRegularFile).toList()) {
        Path place = classes.resolve(apart.relativize(each).toString());
        Files.copy(each, place, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The build runs this in a class loader of its own. */
  private static String classPath() throws URISyntaxException {
    if (!(SpecCompiler.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> path = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      path.add(Path.of(url.toURI()).toString());
    }
    return String.join(System.getProperty("path.separator"), path);
  }
}
