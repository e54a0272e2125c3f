package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Names boot loaders by the texts in their first sectors: their names, or what they complain of.
 */
final class BootLoaders {
  private static final List<Loader> LOADERS =
      List.of(
          new Loader("ISOLINUX", "ISOLINUX"),
          new Loader("isolinux.bin", "ISOLINUX"),
          new Loader("SYSLINUX", "SYSLINUX"),
          new Loader("EXTLINUX", "EXTLINUX"),
          new Loader("GRUB", "GRUB"),
          new Loader("Limine", "Limine"),
          new Loader("iPXE", "iPXE"),
          new Loader("BOOTMGR", "Windows"),
          new Loader("NTLDR", "Windows"),
          new Loader("Missing operating system", "the active partition's own loader"));

  private record Loader(String text, String name) {}

  private BootLoaders() {}

  /** What begins with these sectors. */
  static Optional<String> of(byte[] sectors) {
    String text = new String(sectors, StandardCharsets.ISO_8859_1);
    return LOADERS.stream()
        .filter(loader -> text.contains(loader.text()))
        .map(Loader::name)
        .findFirst();
  }
}
