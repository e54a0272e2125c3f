package zeroboot.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import zeroboot.ground.Resources;

/** The iPXE core that this build of zboot carries: Debian's, at one pinned version. */
public final class BundledCore {
  private static final String LKRN = "ipxe.lkrn";
  private static final String EFI = "ipxe-amd64.efi";
  private static final String PROPERTIES = "core.properties";

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
      return new IpxeCore(
          properties.getProperty("version"),
          properties.getProperty("origin"),
          bytes(LKRN),
          EfiFile.checked(
              () -> bytes(EFI), Optional.ofNullable(properties.getProperty("trust-root"))),
          properties.getProperty("lkrn-sha256"),
          properties.getProperty("efi-sha256"),
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
    Files.write(folder.resolve(LKRN), core.lkrn());
    Files.write(folder.resolve(EFI), core.efi());
    // Not Properties.store: that writes the time of day.
    Files.writeString(
        folder.resolve(PROPERTIES),
        String.join(
            "\n",
            "version=" + core.version(),
            "origin=" + core.origin(),
            "lkrn-sha256=" + core.lkrnSha256(),
            "efi-sha256=" + core.efiSha256(),
            "can-set-time=" + core.canSetTime(),
            "knows-ecdsa=" + core.knowsEcdsa(),
            TrustRoot.isIpxes(core.efi()) ? "trust-root=" + TrustRoot.IPXE.sha256() : "",
            ""),
        StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String name) {
    return Resources.bytes(BundledCore.class.getResourceAsStream(name), name);
  }
}
