package zeroboot.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.input.LimitedStream;
import zeroboot.spec.BootPath;

/** Reads an iPXE core out of a Debian {@code ipxe} package or a folder. */
public final class CoreReader {
  /** What a package unpacks to, at most, in bytes; Debian's has 20 MiB. */
  private static final long MAX_UNPACKED = 256 << 20;

  /** More than any ipxe package: 2.0.0 has 4 MB. What is longer gets a hash that nobody knows. */
  private static final int MAX_PACKAGE_BYTES = 64 << 20;

  /** An xz stream may ask for this much memory, in KiB; Debian's packages need 65 MiB. */
  private static final int XZ_MEMORY_LIMIT_KIB = 256 << 10;

  private static final String FOLDER_IN_PACKAGE = "./usr/lib/ipxe/";
  private static final String MEND =
      "give --core a Debian ipxe package (.deb), or a folder with ipxe.lkrn and ipxe.efi";

  private CoreReader() {}

  /** The core in {@code path}: a {@code .deb} file, or a folder that holds the two files. */
  public static IpxeCore read(Path path) {
    if (Files.isDirectory(path)) {
      return readFolder(path, path.toString());
    }
    byte[] bytes = BoundedReader.file(path, InputKind.PACKAGE);
    Optional<KnownCore> known = KnownCore.ofPackage(Sha256.hex(bytes));
    String origin =
        known.map(KnownCore::origin).orElseGet(() -> String.valueOf(path.getFileName()));
    return readPackage(path, bytes, origin, MAX_UNPACKED);
  }

  /** The SHA-256 of a package file, lower-case hexadecimal. */
  static String packageSha256(Path deb) {
    try (InputStream in = Files.newInputStream(deb)) {
      return Sha256.hex(in.readNBytes(MAX_PACKAGE_BYTES + 1));
    } catch (IOException e) {
      throw ZbootException.settings(deb.toString(), "cannot be read (" + reason(e) + ")", MEND);
    }
  }

  /** The core in a Debian package; {@code origin} is what receipts will call it. */
  static IpxeCore readPackage(Path deb, String origin) {
    return readPackage(deb, origin, MAX_UNPACKED);
  }

  /** The same with another limit, in bytes, of what it unpacks to. */
  static IpxeCore readPackage(Path deb, String origin, long unpacked) {
    return readPackage(deb, BoundedReader.file(deb, InputKind.PACKAGE), origin, unpacked);
  }

  private static IpxeCore readPackage(Path deb, byte[] bytes, String origin, long unpacked) {
    Map<String, byte[]> files;
    try {
      files = unpack(new ByteArrayInputStream(bytes), unpacked);
    } catch (IOException e) {
      throw ZbootException.settings(
          deb.toString(), "cannot be read as a Debian package (" + reason(e) + ")", MEND);
    }
    Map<BootPath, byte[]> found = new EnumMap<>(BootPath.class);
    for (BootPath path : BootPath.values()) {
      found.put(path, first(files, deb, CoreFile.names(path)));
    }
    IpxeCore core = IpxeCore.of(origin, found);
    byte[] chained = files.get(CoreFile.CHAINED);
    return chained == null ? core : core.withChained(chained);
  }

  private static byte[] first(Map<String, byte[]> files, Path deb, List<String> names) {
    for (String name : names) {
      byte[] file = files.get(name);
      if (file != null) {
        return file;
      }
    }
    throw ZbootException.settings(deb.toString(), "holds no usr/lib/ipxe/" + names.get(0), MEND);
  }

  private static boolean isNamed(String file) {
    for (BootPath path : BootPath.values()) {
      if (CoreFile.names(path).contains(file)) {
        return true;
      }
    }
    return file.equals(CoreFile.CHAINED);
  }

  /** The core in a folder; {@code origin} is what receipts will call it. */
  static IpxeCore readFolder(Path folder, String origin) {
    Map<BootPath, byte[]> found = new EnumMap<>(BootPath.class);
    for (BootPath path : BootPath.values()) {
      found.put(path, BoundedReader.file(file(folder, CoreFile.names(path)), InputKind.CORE));
    }
    IpxeCore core = IpxeCore.of(origin, found);
    Path chained = folder.resolve(CoreFile.CHAINED);
    return Files.isRegularFile(chained)
        ? core.withChained(BoundedReader.file(chained, InputKind.CORE))
        : core;
  }

  /** The first that is there, else the last one, for the error. */
  private static Path file(Path folder, List<String> names) {
    Path file = folder;
    for (String name : names) {
      file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        break;
      }
    }
    return file;
  }

  /** A package is an ar archive (deb(5)) whose data member is a compressed tar archive. */
  private static Map<String, byte[]> unpack(InputStream in, long limit) throws IOException {
    try (ArArchiveInputStream ar = new ArArchiveInputStream(in)) {
      for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
        if (entry.getName().startsWith("data.tar.xz")) {
          return unpackTar(
              new LimitedStream(
                  XZCompressorInputStream.builder()
                      .setInputStream(ar)
                      .setMemoryLimitKiB(XZ_MEMORY_LIMIT_KIB)
                      .get(),
                  limit));
        }
      }
    }
    throw new IOException("no data.tar.xz in it");
  }

  private static Map<String, byte[]> unpackTar(InputStream in) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName();
        if (!entry.isFile() || !name.startsWith(FOLDER_IN_PACKAGE)) {
          continue;
        }
        String file = name.substring(FOLDER_IN_PACKAGE.length());
        if (isNamed(file)) {
          files.put(file, bounded(tar));
        }
      }
    }
    return files;
  }

  private static byte[] bounded(InputStream in) throws IOException {
    int most = InputKind.CORE.limit();
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException("larger than " + most + " bytes");
    }
    return bytes;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
