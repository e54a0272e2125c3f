package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Debian kernel, and a RAM disk that makes it print {@code CMDLINE<…>} with what /proc/cmdline
 * holds, then power off.
 */
public final class LinuxKernel {
  /** Where the memory module with the RAM disk lies: 4 GiB, above all other memory. */
  public static final String RAM_DISK_ADDRESS = "0x100000000";

  /** A RAM disk has to be a whole number of such units long: 2 MiB. */
  public static final int RAM_DISK_UNIT = 0x200000;

  private static final String INIT =
      """
      #!/bin/busybox sh
      /bin/busybox mount -t proc proc /proc
      echo "CMDLINE<$(/bin/busybox cat /proc/cmdline)>"
      /bin/busybox poweroff -f
      """;

  private LinuxKernel() {}

  /**
   * A bzImage with EFI stub: {@code ZBOOT_TEST_KERNEL}, else the one that ./check keeps in the
   * user's cache folder, else the newest readable one of this machine.
   */
  public static Path require() {
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv("ZBOOT_TEST_KERNEL");
    if (named != null) {
      candidates.add(Path.of(named));
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    candidates.add(caches.resolve("zboot/test-kernel/vmlinuz"));
    candidates.addAll(installed());
    return ForeignTool.requireFile("a Debian kernel", candidates.toArray(Path[]::new));
  }

  private static List<Path> installed() {
    Path boot = Path.of("/boot");
    if (!Files.isDirectory(boot)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(boot)) {
      List<Path> kernels =
          new ArrayList<>(
              files
                  .filter(file -> file.getFileName().toString().startsWith("vmlinuz-"))
                  .filter(Files::isReadable)
                  .sorted()
                  .toList());
      Collections.reverse(kernels);
      return kernels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the RAM disk; it needs a statically linked busybox. */
  public static Path ramDisk(Path file) {
    try {
      byte[] busybox = Files.readAllBytes(Path.of(ForeignTool.require("busybox").path()));
      CpioArchive archive =
          new CpioArchive()
              .folder("bin")
              .folder("proc")
              .program("bin/busybox", busybox)
              .program("init", INIT.getBytes(StandardCharsets.US_ASCII));
      return Files.write(file, archive.bytes(RAM_DISK_UNIT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The kernel argument that names the RAM disk of {@link Qemu#ramDisk}: Linux,
   * Documentation/admin-guide/kernel-parameters, {@code initrdmem=}.
   */
  public static String ramDiskArgument(Path ramDisk) {
    try {
      return "initrdmem=" + RAM_DISK_ADDRESS + ",0x" + Long.toHexString(Files.size(ramDisk));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
