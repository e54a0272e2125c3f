import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars for the packaged runtime, so that Java's archive of loaded classes takes them in. That
 * archive refuses classes of a signed jar, and those without stack maps, which came with class files
 * of Java 6 (JVM specification, 4.10.1): the signature is left out, and such classes are written
 * anew with the same code. Native libraries are left out, too. Entries are stored, since the package is compressed as a whole.
 *
 * <p>Arguments: the time of their entries as {@code 2026-01-01T00:00:00Z}, the folder of the copies,
 * the jars.
 */
final class RuntimeJar {
  private static final int JAVA_6 = 50;

  public static void main(String[] args) throws IOException {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(args[0]), ZoneOffset.UTC);
    for (String jar : List.of(args).subList(2, args.length)) {
      copy(Path.of(jar), Path.of(args[1]).resolve(Path.of(jar).getFileName()), time);
    }
  }

  private static void copy(Path jar, Path to, LocalDateTime time) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile classFile =
          ClassFile.of(
              ClassFile.ConstantPoolSharingOption.NEW_POOL, // else methods are copied as they are
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<ZipEntry> entries = new ArrayList<>(Collections.list(in.entries()));
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        if (!isSignature(name) && !isForOtherSystems(name) && !entry.isDirectory()) {
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          store(out, name, renewed(name, bytes, classFile), time);
        }
      }
    }
  }

  private static boolean isSignature(String name) {
    return name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)");
  }

  /** JNA's libraries of all systems: the one for this lies beside the jars. */
  private static boolean isForOtherSystems(String name) {
    return name.matches("com/sun/jna/[^/]+-[^/]+/[^/]+\\.(so|dll|jnilib|a)");
  }

  private static byte[] renewed(String name, byte[] bytes, ClassFile classFile) {
    if (name.equals(JarFile.MANIFEST_NAME)) {
      return mainSection(bytes);
    }
    if (!name.endsWith(".class") || bytes[7] >= JAVA_6) {
      return bytes;
    }
    ClassModel old = classFile.parse(bytes);
    return classFile.build(
        old.thisClass().asSymbol(),
        made -> {
          made.withVersion(ClassFile.JAVA_17_VERSION, 0);
          for (ClassElement element : old) {
            if (!(element instanceof ClassFileVersion)) {
              made.with(element);
            }
          }
        });
  }

  /**
   * A manifest without its sections for single files (JAR file specification, "JAR Manifest"): those
   * of a signed jar are the digests that its signature is over, 855 KB in Bouncy Castle's, and Java
   * reads all of them when the first class comes out of the archive.
   */
  private static byte[] mainSection(byte[] manifest) {
    String text = new String(manifest, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? manifest : Arrays.copyOf(manifest, end + 4);
  }

  private static void store(ZipOutputStream out, String name, byte[] bytes, LocalDateTime time)
      throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(time);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
