package zeroboot.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.ZbootException;
import zeroboot.testing.ForeignTool;

class CoreReaderTest {
  private static final IpxeCore CORE = BundledCore.load();

  @TempDir private Path folder;

  /** The figures of the pinned package. */
  @Test
  void bundledCoreIsThePinnedOne() {
    assertEquals("1.21.1+git20250501.dad20602+dfsg-1", CORE.version());
    assertEquals("Debian ipxe 1.21.1+git20250501.dad20602+dfsg-1", CORE.origin());
    assertEquals(351_727, CORE.lkrn().length);
    assertEquals(996_864, CORE.efi().length);
    assertFalse(CORE.canSetTime());
  }

  @Test
  void readsAFolder() throws IOException {
    store(CORE.lkrn(), CORE.efi());
    IpxeCore read = CoreReader.read(folder);
    assertArrayEquals(CORE.lkrn(), read.lkrn());
    assertArrayEquals(CORE.efi(), read.efi());
    assertEquals(CORE.version(), read.version());
  }

  /** A file for one card that is of the same build is read, any other is left out. */
  @Test
  void readsTheFileForOneCard() throws IOException {
    byte[] chained = CORE.chained().orElseThrow().efi();
    assertEquals(284_672, chained.length);
    store(CORE.lkrn(), CORE.efi());
    assertTrue(CoreReader.read(folder).chained().isEmpty());
    Path file = folder.resolve("snponly.efi");
    Files.write(file, chained);
    IpxeCore read = CoreReader.read(folder).chained().orElseThrow();
    assertArrayEquals(chained, read.efi());
    assertArrayEquals(CORE.lkrn(), read.lkrn());
    assertTrue(read.isChained());
    assertTrue(read.chained().isEmpty());
    Files.write(file, holding("\0#!ipxe\nchain http://192.0.2.1/\n").apply(chained.clone()));
    assertTrue(CoreReader.read(folder).chained().isEmpty(), "its script would run");
    byte[] other = chained.clone();
    String version = new String(other, StandardCharsets.ISO_8859_1);
    for (int at = version.indexOf("1.21.1"); at >= 0; at = version.indexOf("1.21.1", at + 1)) {
      other[at] = '9';
    }
    Files.write(file, other);
    assertTrue(CoreReader.read(folder).chained().isEmpty(), "another version");
    Files.write(file, new byte[] {'M', 'Z'});
    assertTrue(CoreReader.read(folder).chained().isEmpty(), "no program");
  }

  @Test
  void readsAPackageThatDpkgBuilt() throws IOException {
    ForeignTool dpkg = ForeignTool.require("dpkg-deb");
    Path tree = folder.resolve("tree");
    Path files = Files.createDirectories(tree.resolve("usr/lib/ipxe"));
    Files.write(files.resolve("ipxe.lkrn"), CORE.lkrn());
    Files.write(files.resolve("ipxe-amd64.efi"), CORE.efi());
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.writeString(
        tree.resolve("DEBIAN/control"),
        """
        Package: ipxe
        Version: 1
        Architecture: all
        Maintainer: nobody <nobody@example.com>
        Description: test
        """);
    Path deb = folder.resolve("ipxe.deb");
    dpkg.run("--root-owner-group", "-Zxz", "--build", tree.toString(), deb.toString()).ok();
    IpxeCore read = CoreReader.read(deb);
    assertArrayEquals(CORE.efi(), read.efi());
    assertEquals("ipxe.deb", read.origin());

    byte[] whole = Files.readAllBytes(deb);
    for (int length : new int[] {0, 7, 60, 200, whole.length / 2, whole.length - 1000}) {
      Path cut = Files.write(folder.resolve("cut.deb"), Arrays.copyOf(whole, length));
      refused(cut, "Debian package");
    }
  }

  static Stream<Arguments> noCores() {
    return Stream.of(
        Arguments.of("empty", (UnaryOperator<byte[]>) b -> new byte[0], "bytes long"),
        Arguments.of("other kernel", edit(0x202, 0), "no HdrS"),
        Arguments.of("no boot flag", edit(0x1FE, 0), "no HdrS"),
        Arguments.of("protocol 1.0", edit(0x207, 1), "2.02 or newer"),
        Arguments.of("loads low", edit(0x211, 0), "2.02 or newer"),
        Arguments.of("long setup", edit(0x1F1, 64), "cannot hold"),
        Arguments.of("no short jump", edit(0x200, 0x90), "cannot hold"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noCores")
  void refusesAnLkrn(String name, UnaryOperator<byte[]> change, String says) throws IOException {
    store(change.apply(CORE.lkrn().clone()), CORE.efi());
    refused(folder, says);
  }

  static Stream<Arguments> noEfis() {
    return Stream.of(
        Arguments.of("empty", (UnaryOperator<byte[]>) b -> new byte[0], "not a PE"),
        Arguments.of("no MZ", edit(0, 'X'), "not a PE"),
        Arguments.of("header outside", edit(0x3F, 0x7F), "not a PE"),
        Arguments.of("header before", edit(0x3F, 0xFF), "not a PE"),
        Arguments.of("arm64", (UnaryOperator<byte[]>) CoreReaderTest::arm64, "0xaa64"),
        Arguments.of(
            "no load options", (UnaryOperator<byte[]>) CoreReaderTest::old, "load options"),
        Arguments.of("script", holding("\0#!ipxe\nchain http://192.0.2.1/\n"), "script in it"),
        Arguments.of("gPXE script", holding("#!gpxe \n"), "script in it"),
        Arguments.of("Windows script", holding("#!ipxe\r\necho\r\n"), "script in it"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noEfis")
  void refusesAnEfi(String name, UnaryOperator<byte[]> change, String says) throws IOException {
    store(CORE.lkrn(), change.apply(CORE.efi().clone()));
    refused(folder, says);
  }

  @Test
  void refusesWhatIsNotThere() {
    missing(folder.resolve("nothing"), "nothing: no such file");
    missing(folder, "ipxe.lkrn: no such file");
  }

  private static void missing(Path path, String says) {
    ZbootException e = assertThrows(ZbootException.class, () -> CoreReader.read(path));
    assertEquals(ZbootException.Kind.USAGE, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
  }

  /** A few kilobytes of package that would be unpacked for hours, whatever the file is called. */
  @Test
  void packagesUnpackToNoMoreThanALimit() throws IOException {
    long limit = 2 << 20;
    for (String name : new String[] {"usr/lib/ipxe/ipxe.lkrn", "usr/share/doc/ipxe/README"}) {
      Path tree = folder.resolve(name.replace('/', '-'));
      Path file = tree.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[3 << 20]);
      Files.createDirectories(tree.resolve("DEBIAN"));
      Files.writeString(
          tree.resolve("DEBIAN/control"),
          """
          Package: ipxe
          Version: 1
          Architecture: all
          Maintainer: nobody <nobody@example.com>
          Description: test
          """);
      Path deb = folder.resolve("bomb.deb");
      ForeignTool.require("dpkg-deb")
          .run("--root-owner-group", "-Zxz", "--build", tree.toString(), deb.toString())
          .ok();
      assertTrue(Files.size(deb) < 10_000);
      ZbootException e =
          assertThrows(ZbootException.class, () -> CoreReader.readPackage(deb, "bomb", limit));
      assertTrue(String.valueOf(e.getMessage()).contains("more than " + limit), e.getMessage());
    }
  }

  @Test
  void seesTheTimeCommand() {
    byte[] efi = CORE.efi().clone();
    System.arraycopy(new byte[] {0, 'n', 't', 'p', 0}, 0, efi, efi.length - 8, 5);
    assertTrue(IpxeCore.of("newer", CORE.lkrn(), efi).canSetTime());
  }

  /** What the firmware trusts is dropped in the script, by a command that has to be there. */
  @Test
  void otherRootTakesACoreThatCanForgetTheFirmwares() {
    assertFalse(CORE.isPinned());
    TrustRoot root = new TrustRoot("11".repeat(32));
    assertTrue(root.in(CORE).isPinned());
    assertFalse(TrustRoot.IPXE.in(CORE).isPinned());
    byte[] without = replaced("\0certfree\0", "\0certfrex\0");
    IpxeCore core = IpxeCore.of("without", CORE.lkrn(), without);
    ZbootException e = assertThrows(ZbootException.class, () -> root.in(core));
    assertTrue(String.valueOf(e.getMessage()).contains("no certfree command"), e.getMessage());
  }

  private static byte[] replaced(String what, String by) {
    String efi = new String(CORE.efi(), StandardCharsets.ISO_8859_1);
    assertTrue(efi.contains(what));
    return efi.replace(what, by).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static UnaryOperator<byte[]> holding(String text) {
    return bytes -> {
      byte[] script = text.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(script, 0, bytes, bytes.length - script.length - 5, script.length);
      return bytes;
    };
  }

  private void store(byte[] lkrn, byte[] efi) throws IOException {
    Files.write(folder.resolve("ipxe.lkrn"), lkrn);
    Files.write(folder.resolve("ipxe.efi"), efi);
  }

  private static void refused(Path path, String says) {
    ZbootException e = assertThrows(ZbootException.class, () -> CoreReader.read(path));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
  }

  private static UnaryOperator<byte[]> edit(int offset, int value) {
    return bytes -> {
      bytes[offset] = (byte) value;
      return bytes;
    };
  }

  private static byte[] arm64(byte[] efi) {
    int pe = (efi[0x3C] & 0xFF) | (efi[0x3D] & 0xFF) << 8;
    efi[pe + 4] = 0x64;
    efi[pe + 5] = (byte) 0xAA;
    return efi;
  }

  /** Without the name of the script that iPXE makes of its load options. */
  private static byte[] old(byte[] efi) {
    for (int i = 0; i < efi.length - 9; i++) {
      if (efi[i] == '<' && new String(efi, i, 9, StandardCharsets.ISO_8859_1).equals("<CMDLINE>")) {
        efi[i] = '(';
      }
    }
    return efi;
  }
}
