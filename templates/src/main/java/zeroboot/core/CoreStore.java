package zeroboot.core;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.spec.BootPath;

/**
 * The iPXE cores that a user brought: a folder with one folder a version, each with its files and a
 * note of their origin and hashes. What is read from it is checked against the note.
 *
 * @param folder need not be there
 */
public record CoreStore(Path folder) {
  /** What a version may look like; it is the name of a folder too. */
  private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z+.~-]*");

  private static final String NOTE = "core.properties";

  /**
   * The user's store: {@code $XDG_DATA_HOME/zboot/cores}, else {@code ~/.local/share/zboot/cores}
   * (XDG Base Directory Specification; it wants relative paths ignored).
   */
  public static CoreStore of(Map<String, String> environment, Path home) {
    String data = environment.get("XDG_DATA_HOME");
    Path base =
        data == null || !Path.of(data).isAbsolute()
            ? home.resolve(".local").resolve("share")
            : Path.of(data);
    return new CoreStore(base.resolve("zboot").resolve("cores"));
  }

  /** The versions that are there, sorted. */
  public List<String> versions() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve(NOTE)))
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> VERSION.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed(folder, "cannot be read", e);
    }
  }

  /**
   * The core of this version.
   *
   * @throws ZbootException if its files are not those that were imported
   */
  public Optional<IpxeCore> find(String version) {
    if (!VERSION.matcher(version).matches()) {
      return Optional.empty();
    }
    Path entry = folder.resolve(version);
    return Files.isRegularFile(entry.resolve(NOTE)) ? Optional.of(read(entry)) : Optional.empty();
  }

  private static IpxeCore read(Path entry) {
    Properties note = new Properties();
    byte[] bytes = BoundedReader.file(entry.resolve(NOTE), InputKind.NOTE);
    try {
      note.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw changed(entry);
    }
    IpxeCore core = CoreReader.readFolder(entry, note.getProperty("origin", entry.toString()));
    for (BootPath path : BootPath.values()) {
      if (!core.sha256(path).equals(note.getProperty(CoreFile.sha256Key(path)))) {
        throw changed(entry);
      }
    }
    Optional<String> chained = Optional.ofNullable(note.getProperty(CoreFile.CHAINED_SHA256));
    if (!core.chainedFile().map(CoreFile::sha256).equals(chained)) {
      throw changed(entry);
    }
    return core;
  }

  /**
   * Keeps {@code core} under its version, whole or not at all.
   *
   * @param replace whether other files of the same version may be replaced
   * @return whether anything had to be written
   */
  public boolean add(IpxeCore core, boolean replace) {
    String version = core.version();
    if (!VERSION.matcher(version).matches()) {
      throw ZbootException.settings(
          core.origin(), "does not say its version", "use it with --core each time instead");
    }
    Path entry = folder.resolve(version);
    if (holds(entry, core)) {
      return false;
    }
    if (Files.exists(entry) && !replace) {
      throw ZbootException.refused(
          entry.toString(),
          "is there already, with other files of the same version",
          "add --force to replace them");
    }
    try {
      write(entry, core);
    } catch (IOException e) {
      throw failed(entry, "could not be written", e);
    }
    return true;
  }

  private static boolean holds(Path entry, IpxeCore core) {
    try {
      IpxeCore there = read(entry);
      return there.hashes().equals(core.hashes());
    } catch (ZbootException e) {
      return false;
    }
  }

  private void write(Path entry, IpxeCore core) throws IOException {
    Files.createDirectories(folder);
    try (Staged staged = Staged.folder(entry, Staged.Access.USUAL)) {
      for (BootPath path : BootPath.values()) {
        staged.write("ipxe." + path.coreFile(), core.file(path).bytes(), Staged.Access.USUAL);
      }
      if (core.chainedFile().isPresent()) {
        staged.write(CoreFile.CHAINED, core.chainedFile().get().bytes(), Staged.Access.USUAL);
      }
      staged.write(NOTE, note(core).getBytes(StandardCharsets.UTF_8), Staged.Access.USUAL);
      staged.replace();
    }
  }

  private static String note(IpxeCore core) {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by zboot core import, which compares the files with these hashes.");
    // A backslash or a control character in a file name would be read as something else.
    lines.add("origin=" + core.origin().replaceAll("[\\p{Cntrl}\\\\]", "?"));
    lines.addAll(core.hashes());
    return String.join("\n", lines) + "\n";
  }

  private static ZbootException changed(Path entry) {
    return ZbootException.settings(
        entry.toString(),
        "is not the core that was imported: its files have changed",
        "import the package again with zboot core import FILE.deb --force");
  }

  private static ZbootException failed(Path place, String what, IOException e) {
    return ZbootException.io(
        place.toString(),
        what + " (" + e.getMessage() + ")",
        "make room or mend its rights, or set XDG_DATA_HOME to another folder");
  }
}
