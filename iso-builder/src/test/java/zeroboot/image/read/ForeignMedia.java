package zeroboot.image.read;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.testing.ForeignTool;

/** Media as others make them, each by the tool that they use. */
final class ForeignMedia {
  private static final int MIB = 1 << 20;

  private ForeignMedia() {}

  /** A CD for both firmwares, by xorriso. */
  static Path iso(Path folder) {
    return xorriso(folder, "foreign.iso", "");
  }

  /**
   * One that boots from a stick too, as distributions have it: an MBR of its own, and a partition
   * table that shows the UEFI image.
   */
  static Path hybridIso(Path folder) {
    byte[] mbr = new byte[440];
    byte[] says = "isolinux.bin missing or corrupt.".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(says, 0, mbr, 320, says.length);
    Path file = write(folder.resolve("isohdpfx.bin"), mbr);
    return xorriso(folder, "hybrid.iso", " -isohybrid-mbr " + file + " -isohybrid-gpt-basdat");
  }

  private static Path xorriso(Path folder, String name, String further) {
    Path tree = folder.resolve(name + "-tree");
    byte[] loader = new byte[4096];
    byte[] says = "ISOLINUX 6.04 somebody".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(says, 0, loader, 64, says.length);
    write(tree.resolve("bios.img"), loader);
    write(tree.resolve("uefi.img"), new byte[64 << 10]);
    Path iso = folder.resolve(name);
    ForeignTool.require("xorriso")
        .run(
            ("-as mkisofs -V SOMEBODYS -b bios.img -no-emul-boot -boot-load-size 4"
                    + " -boot-info-table -eltorito-alt-boot -e uefi.img -no-emul-boot"
                    + further
                    + " -o "
                    + iso
                    + " "
                    + tree)
                .split(" ", -1))
        .ok();
    return iso;
  }

  /** A disk with one FAT partition, by sfdisk and mkfs.fat. */
  static Path mbr(Path folder) {
    Path disk =
        sfdisk(
            folder.resolve("mbr"),
            """
            label: dos
            label-id: 0x1234abcd
            start=2048,size=8192,type=c,bootable
            size=100,type=83
            """);
    Path fat = folder.resolve("mbr-fat");
    ForeignTool.require("mkfs.fat").run("-C", "-n", "DATA", fat.toString(), "1024").ok();
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(MIB);
      file.write(Files.readAllBytes(fat));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return disk;
  }

  /** A disk with an EFI system partition, by sfdisk. */
  static Path gpt(Path folder) {
    return sfdisk(folder.resolve("gpt"), "label: gpt\nstart=2048,size=4096,type=uefi,name=boot\n");
  }

  /** A whole stick without a partition table, made bootable by syslinux. */
  static Path fatStick(Path folder) {
    Path stick = folder.resolve("stick");
    ForeignTool.require("mformat")
        .run("-C", "-i", stick.toString(), "-f", "1440", "-v", "PLAIN", "::")
        .ok();
    ForeignTool.require("syslinux").run("--install", stick.toString()).ok();
    return stick;
  }

  /** An iPXE signed by somebody, by openssl and sbsign. */
  static Path signedEfi(Path folder) {
    Path core = write(folder.resolve("core.efi"), MadeMedia.CORE.efi());
    String key = folder.resolve("key").toString();
    String certificate = folder.resolve("crt").toString();
    ForeignTool.require("openssl")
        .run(
            ("req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=somebody -keyout "
                    + key
                    + " -out "
                    + certificate)
                .split(" ", -1))
        .ok();
    Path signed = folder.resolve("signed.efi");
    ForeignTool.require("sbsign")
        .run("--key", key, "--cert", certificate, "--output", signed.toString(), core.toString())
        .ok();
    return signed;
  }

  /** A disk of 8 MiB with this partition table. */
  static Path sfdisk(Path disk, String table) {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(8L * MIB);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path script = write(Path.of(disk + "-table"), table.getBytes(StandardCharsets.US_ASCII));
    ForeignTool.require("sh")
        .run("-c", "PATH=$PATH:/sbin:/usr/sbin sfdisk -q --no-reread " + disk + " <" + script)
        .ok();
    return disk;
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
