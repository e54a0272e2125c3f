package zeroboot.server.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.spec.GridNetwork;

/**
 * A folder of kernels, as 0-bootstrap has one: files, and for each network {@code net/RUNMODE.efi},
 * which may be links to them. Read anew whenever a file is another than it was.
 */
final class KernelShelf {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
  private static final String NETWORKS = "net";

  private final Path folder;
  private final Map<String, Kernel> known = new ConcurrentHashMap<>();

  /**
   * A kernel.
   *
   * @param bytes mapped, not in memory; not to be changed
   * @param sha256 lower-case hexadecimal
   * @param state when its file was changed, and what file it is
   */
  record Kernel(ByteBuffer bytes, String sha256, String state) {
    /** In bytes. */
    int size() {
      return bytes.remaining();
    }
  }

  /**
   * The kernels in a folder.
   *
   * @throws ZbootException (usage) if it is none
   */
  KernelShelf(Path folder) {
    this.folder = folder;
    if (!Files.isDirectory(folder)) {
      throw ZbootException.usage(
          "--kernels " + folder, "is no folder", "name the folder in which kernels are");
    }
  }

  Path folder() {
    return folder;
  }

  /** The name of a kernel, if these are the parts of its path: one, or two with {@code net}. */
  static Optional<String> name(List<String> parts) {
    boolean isOne = parts.size() == 1 && NAME.matcher(parts.get(0)).matches();
    boolean isNetworks =
        parts.size() == 2
            && parts.get(0).equals(NETWORKS)
            && networks().anyMatch(parts.get(1)::equals);
    boolean isFolder = isOne && parts.get(0).equals(NETWORKS);
    return (isOne && !isFolder) || isNetworks
        ? Optional.of(String.join("/", parts))
        : Optional.empty();
  }

  private static Stream<String> networks() {
    return Stream.of(GridNetwork.values()).map(network -> network.runMode() + ".efi");
  }

  /** A kernel; empty if there is none of this name. */
  Optional<Kernel> get(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      String state = state(file);
      Kernel before = known.get(name);
      if (before != null && before.state().equals(state)) {
        return Optional.of(before);
      }
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      Kernel read = read(file, state);
      known.put(name, read);
      return Optional.of(read);
    } catch (NoSuchFileException e) {
      known.remove(name);
      return Optional.empty();
    }
  }

  private static String state(Path file) throws IOException {
    return Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + file.toRealPath();
  }

  private static Kernel read(Path file, String state) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      var digest = Sha256.begin();
      digest.update(bytes.duplicate());
      return new Kernel(bytes, Sha256.hex(digest), state);
    }
  }

  /** All of them by their names. */
  Map<String, Kernel> all() throws IOException {
    Map<String, Kernel> all = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        Optional<String> name = name(List.of(each.getFileName().toString()));
        if (name.isPresent()) {
          get(name.get()).ifPresent(kernel -> all.put(name.get(), kernel));
        }
      }
    }
    for (String each : networks().toList()) {
      String name = NETWORKS + "/" + each;
      get(name).ifPresent(kernel -> all.put(name, kernel));
    }
    return all;
  }
}
