package zeroboot.signing.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** Where the libraries lie that talk to tokens. */
final class Pkcs11Modules {
  /** What p11-kit knows of libraries (pkcs11.conf(5)); the first wins. */
  private static final List<Path> CONFIGURED =
      List.of(Path.of("/etc/pkcs11/modules"), Path.of("/usr/share/p11-kit/modules"));

  /** Folders of libraries: Debian's have the machine's name in them. */
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/*/pkcs11",
          "/usr/lib/*",
          "/usr/lib64/pkcs11",
          "/usr/lib64",
          "/usr/lib",
          "/usr/lib/softhsm",
          "/usr/local/lib",
          "/opt/homebrew/lib");

  /** It speaks for all libraries that p11-kit knows, as p11tool uses them. */
  private static final String ALL = "p11-kit-proxy";

  private Pkcs11Modules() {}

  /**
   * The library of a URI.
   *
   * @throws ZbootException (usage) if it names none, or none that is there
   */
  static Path find(Pkcs11Uri uri) {
    Optional<Path> named = uri.modulePath();
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      return named.get();
    }
    Optional<Path> found =
        named.isPresent()
            ? in(named.get(), uri.moduleName().orElse(""))
            : uri.moduleName().map(Pkcs11Modules::named).orElseGet(() -> anywhere(ALL));
    return found.orElseThrow(
        () ->
            ZbootException.usage(
                uri.shown(),
                uri.moduleName()
                    .map(name -> "there is no PKCS #11 library " + name)
                    .orElse("names no library: no module-path, and p11-kit's proxy is not there"),
                "add ?module-path=FILE with the library of the token, such as"
                    + " /usr/lib/softhsm/libsofthsm2.so, or install p11-kit-modules"));
  }

  private static Optional<Path> named(String name) {
    return configured(name).or(() -> anywhere(name));
  }

  private static Optional<Path> configured(String name) {
    for (Path folder : CONFIGURED) {
      Path file = folder.resolve(name + ".module");
      if (Files.isRegularFile(file)) {
        String text =
            new String(BoundedReader.file(file, InputKind.PASSWORD), StandardCharsets.UTF_8);
        Optional<Path> module =
            text.lines()
                .filter(line -> line.startsWith("module:"))
                .map(line -> Path.of(line.substring("module:".length()).strip()))
                .findFirst();
        if (module.isPresent()) {
          return module.get().isAbsolute()
              ? module
              : anywhere(module.get().toString().replaceFirst("\\.so$", ""));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> anywhere(String name) {
    return FOLDERS.stream()
        .flatMap(pattern -> folders(pattern).stream())
        .flatMap(folder -> in(folder, name).stream())
        .findFirst();
  }

  private static List<Path> folders(String pattern) {
    int star = pattern.indexOf("/*");
    if (star < 0) {
      return List.of(Path.of(pattern));
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(Path.of(pattern.substring(0, star)), "*-linux-*")) {
      for (Path each : all) {
        found.add(Path.of(each + pattern.substring(star + 2)));
      }
    } catch (IOException e) {
      return List.of(); // no such folder on this system
    }
    found.sort(null);
    return found;
  }

  private static Optional<Path> in(Path folder, String name) {
    return Stream.of(
            name,
            "lib" + name + ".so",
            name + ".so",
            "lib" + name + ".dylib",
            name + ".dylib",
            name + ".dll")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
