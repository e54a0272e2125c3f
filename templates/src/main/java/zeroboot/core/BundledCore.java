package zeroboot.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import zeroboot.ground.Resources;
import zeroboot.spec.BootPath;

/** The iPXE core that this build of zboot carries: Debian's, at one pinned version. */
public final class BundledCore {
  private static final String PROPERTIES = "core.properties";

  /** {@link RootBlock#save} of the BIOS file. */
  private static final String ROOT_BLOCK = "root-block";

  private BundledCore() {}

  /** The core from this module's resources, read once. */
  public static IpxeCore load() {
    return Loaded.CORE;
  }

  private static final class Loaded {
    private static final IpxeCore CORE = read();
  }

  private static IpxeCore read() {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(bytes(PROPERTIES)));
      Optional<String> root = Optional.ofNullable(properties.getProperty("trust-root"));
      Map<BootPath, CoreFile> files = new EnumMap<>(BootPath.class);
      for (BootPath path : BootPath.values()) {
        String sha256 = properties.getProperty(CoreFile.sha256Key(path));
        files.put(path, CoreFile.checked(() -> bytes(file(path)), sha256, root));
      }
      return new IpxeCore(
          properties.getProperty("version"),
          properties.getProperty("origin"),
          files,
          Optional.ofNullable(properties.getProperty(CoreFile.CHAINED_SHA256))
              .map(sha256 -> CoreFile.checked(() -> bytes(CoreFile.CHAINED), sha256, root)),
          false,
          Boolean.parseBoolean(properties.getProperty("can-set-time")),
          false,
          Boolean.parseBoolean(properties.getProperty("knows-ecdsa")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code core} where {@link #load} finds it; the build calls this. */
  static void store(IpxeCore core, Path classes) throws IOException {
    Path folder = classes.resolve(BundledCore.class.getPackageName().replace('.', '/'));
    Files.createDirectories(folder);
    for (BootPath path : BootPath.values()) {
      Files.write(folder.resolve(file(path)), core.file(path).bytes());
    }
    if (core.chainedFile().isPresent()) {
      Files.write(folder.resolve(CoreFile.CHAINED), core.chainedFile().get().bytes());
    }
    if (TrustRoot.isIpxes(core)) {
      Files.write(folder.resolve(ROOT_BLOCK), RootBlock.of(core.origin(), core.lkrn()).save());
    }
    // Not Properties.store: that writes the time of day.
    Files.writeString(
        folder.resolve(PROPERTIES),
        String.join(
            "\n",
            "version=" + core.version(),
            "origin=" + core.origin(),
            String.join("\n", core.hashes()),
            "can-set-time=" + core.canSetTime(),
            "knows-ecdsa=" + core.knowsEcdsa(),
            TrustRoot.isIpxes(core) ? "trust-root=" + TrustRoot.IPXE.sha256() : "",
            ""),
        StandardCharsets.ISO_8859_1);
  }

  /** What the build has found out about the BIOS file of {@code core}, if that is the one here. */
  static Optional<RootBlock> rootBlock(IpxeCore core) {
    return core.sha256(BootPath.BIOS).equals(load().sha256(BootPath.BIOS))
        ? Resources.find(BundledCore.class.getResourceAsStream(ROOT_BLOCK))
            .map(saved -> RootBlock.load(core.lkrn(), saved))
        : Optional.empty();
  }

  private static String file(BootPath path) {
    return CoreFile.names(path).get(0);
  }

  private static byte[] bytes(String name) {
    return Resources.bytes(BundledCore.class.getResourceAsStream(name), name);
  }
}
