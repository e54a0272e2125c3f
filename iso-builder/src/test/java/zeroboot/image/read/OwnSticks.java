package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.image.testing.SampleMedia;
import zeroboot.testing.ForeignTool;

/**
 * Sticks as people make them for themselves: partitions by sfdisk or sgdisk, file systems by
 * mkfs.fat, the UEFI file copied by mtools.
 */
final class OwnSticks {
  static final int MIB = 1 << 20;

  /** In MiB: a little more than the smallest FAT32 that every program takes for one. */
  static final int FAT32 = 36;

  private static final Map<String, String> ENVIRONMENT = Map.of("MTOOLS_SKIP_CHECK", "1");

  private final Path folder;

  OwnSticks(Path folder) {
    this.folder = folder;
  }

  /** A FAT file system without partitions, empty. */
  Path bare(String name, int bits, int size) {
    Path stick = empty(name, size);
    tool("mkfs.fat", "-F", "" + bits, "-s", "1", "-n", "MINE", "-i", "1234abcd", "" + stick);
    return stick;
  }

  /** A disk with a FAT file system as its first partition, by sfdisk. */
  Path mbr(String name, int bits, int size) {
    Path stick = empty(name, size);
    tool(
        "sh",
        "-c",
        "echo start=2048,type=c | PATH=$PATH:/usr/sbin:/sbin sfdisk -q --no-reread -X dos "
            + stick);
    format(stick, bits, 1, size / MIB - 1);
    return stick;
  }

  /** A disk whose only partition is its second, by sgdisk. */
  Path gpt(String name, int bits, long size) {
    Path stick = empty(name, size);
    tool("sgdisk", "-o", "-n", "2:4096:-1M", "-t", "2:ef00", "-c", "2:mine", "" + stick);
    format(stick, bits, 2, Math.toIntExact(size / MIB - 4));
    return stick;
  }

  /** A disk with two partitions of 8 MiB. */
  Path pair(String name) {
    Path stick = empty(name, 20L * MIB);
    tool("sgdisk", "-o", "-n", "1:1M:+8M", "-n", "2:10M:+8M", "" + stick);
    format(stick, 12, 1, 8);
    format(stick, 12, 10, 8);
    return stick;
  }

  private void format(Path stick, int bits, int atMib, int mib) {
    tool(
        "mkfs.fat",
        "-F",
        "" + bits,
        "-n",
        "MINE",
        "-i",
        "1234abcd",
        "--offset",
        "" + atMib * 2048,
        "" + stick,
        "" + mib * 1024);
  }

  private Path empty(String name, long size) {
    Path stick = folder.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(stick.toFile(), "rw")) {
      file.setLength(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stick;
  }

  /** Copies a file to where a UEFI firmware looks for it. */
  Path with(Path stick, int atMib, byte[] efi) {
    return with(stick, atMib, "EFI/BOOT", "BOOTX64.EFI", efi);
  }

  /** The same under a name in any case. */
  Path with(Path stick, int atMib, String directory, String name, byte[] efi) {
    String volume = stick + "@@" + atMib + "M";
    String top = directory.substring(0, directory.indexOf('/'));
    tool("mmd", "-i", volume, "::/" + top, "::/" + directory);
    copy(stick, atMib, directory + "/" + name, efi);
    return stick;
  }

  /** Copies a file into a folder that is there. */
  void copy(Path stick, int atMib, String path, byte[] bytes) {
    String file = write("copied", bytes).toString();
    tool("mcopy", "-i", stick + "@@" + atMib + "M", file, "::/" + path);
  }

  /** Long names before the file, in both directories, more than a cluster of them. */
  void clutter(Path stick, int atMib) {
    String volume = stick + "@@" + atMib + "M";
    tool("mmd", "-i", volume, "::/A folder with a rather long name", "::/EFI", "::/EFI/BOOT");
    List<String> copies = new ArrayList<>(List.of("-i", volume));
    for (int i = 0; i < 30; i++) {
      Path note = write("A note with a name of more than two parts, number " + i, new byte[1]);
      copies.add(note.toString());
    }
    for (String directory : List.of("::/", "::/EFI", "::/EFI/BOOT")) {
      List<String> all = new ArrayList<>(copies);
      all.add(directory);
      tool("mcopy", all.toArray(new String[0]));
    }
    copy(stick, atMib, "EFI/BOOT/BOOTX64.EFI.old", new byte[1]);
  }

  /** Fills the file system, then makes holes of 32 KiB, which are all that is free. */
  void fragment(Path stick, int size) {
    int count = (size - size / 50) / (32 << 10) - 8; // FATs and folders need some
    List<String> copy = new ArrayList<>(List.of("-i", stick.toString()));
    List<String> delete = new ArrayList<>(List.of("-i", stick.toString()));
    for (int i = 0; i < count; i++) {
      copy.add(write("chunks/" + i, SampleMedia.noise(i, 32 << 10)).toString());
      if (i % 2 == 0) {
        delete.add("::/CHUNKS/" + i);
      }
    }
    tool("mmd", "-i", stick.toString(), "::/CHUNKS");
    copy.add("::/CHUNKS");
    tool("mcopy", copy.toArray(new String[0]));
    int left = freeBytes(stick) - (16 << 10); // a cluster and a folder's entry
    tool("mcopy", "-i", stick.toString(), write("rest", new byte[left]).toString(), "::");
    tool("mdel", delete.toArray(new String[0]));
  }

  private static int freeBytes(Path stick) {
    String listing = ForeignTool.require("mdir").run(ENVIRONMENT, "-i", stick.toString()).ok();
    Matcher free = Pattern.compile("([0-9 ]+) bytes free").matcher(listing);
    assertTrue(free.find(), listing);
    return Integer.parseInt(free.group(1).replace(" ", ""));
  }

  private Path write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tool(String name, String... arguments) {
    ForeignTool.require(name.equals("sh") ? "sfdisk" : name);
    ForeignTool.require(name).run(ENVIRONMENT, arguments).ok();
  }
}
