package zeroboot.image.bios;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** The BIOS stage on a virtual PC. */
@Tag("boot")
class BiosBootTest {
  private static final String PROOF = "script ran for farm 4242";
  private static final byte[] SCRIPT = ("#!ipxe\necho " + PROOF + "\nshell\n").getBytes(US_ASCII);

  private static final Pattern PROBE = Pattern.compile("PROBE: (.*)\n");

  private Path folder = Path.of("");

  @BeforeEach
  void scratch(@TempDir Path scratch) {
    folder = scratch;
  }

  private static BiosBlob blob() {
    return BiosBlob.of(BootStages.of(BootPath.BIOS), BundledCore.load().lkrn(), SCRIPT);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static Qemu pc() {
    return Qemu.with(Firmware.BIOS);
  }

  private static void expect(Qemu machine, String text) {
    try (QemuMachine running = machine.start()) {
      running.console().await(text);
    }
  }

  /** 12 MiB: iPXE then unpacks itself at the top of memory, and the script has to make room. */
  @Test
  void bootsFromDiskOnAMachineWithLittleMemory() throws IOException {
    expect(pc().memory(12).disk(DiskBus.IDE, file("disk", blob().onDisk(0))), PROOF);
  }

  @Test
  void saysThatThereIsTooLittleMemory() throws IOException {
    expect(
        pc().memory(8).disk(DiskBus.IDE, file("disk", blob().onDisk(0))),
        "memory error 03 - this machine has too little memory");
  }

  @Test
  void bootsAsAKernel() throws IOException {
    Path kernel = file("zero.lkrn", blob().file());
    expect(pc().option("-kernel", kernel.toString()), PROOF);
  }

  @Test
  void saysThatTheStickIsCutOff() throws IOException {
    byte[] half = Arrays.copyOf(blob().onDisk(0), 200 * 1024);
    expect(
        pc().disk(DiskBus.IDE, file("disk", half)),
        "read error 01 - write the stick again or use another");
  }

  @Test
  void saysThatTheStickIsDamaged() throws IOException {
    byte[] disk = blob().onDisk(0);
    disk[300 * 1024] ^= 1;
    expect(
        pc().disk(DiskBus.IDE, file("disk", disk)),
        "data error 01 - write the stick again or use another");
  }

  /** Started by a ROM as a network boot program: the card is quiet before iPXE takes over. */
  @Test
  void releasesTheNetworkCardThatLoadedIt() throws Exception {
    assertEquals("card is quiet", cardAfterPxe(BootStages.of(BootPath.BIOS)));
  }

  /** Shows that the test above can fail: without the call, the card goes on receiving. */
  @Tag("long")
  @Test
  void cardGoesOnReceivingIfTheRomIsNotTold() throws Exception {
    byte[] shutdown = HexFormat.of().parseHex("bb0500065753"); // mov bx, PXENV_UNDI_SHUTDOWN; push
    byte[] stage = BootStages.of(BootPath.BIOS);
    int at = indexOf(stage, shutdown);
    stage[at + 1] = 0x12; // PXENV_UNDI_GET_NIC_TYPE, which changes nothing
    assertEquals("card receives", cardAfterPxe(stage));
  }

  private static int indexOf(byte[] bytes, byte[] what) {
    for (int i = 0; i <= bytes.length - what.length; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("no " + HexFormat.of().formatHex(what));
  }

  /** Boots over PXE into a kernel that looks at the card, and gives back what it says. */
  private String cardAfterPxe(byte[] stage) throws IOException, URISyntaxException {
    byte[] nbp = BiosBlob.of(stage, probe(), SCRIPT).file();
    // QEMU's ROM is iPXE, which would start a kernel as such: without its boot flag the file is
    // nothing but a network boot program.
    Arrays.fill(nbp, 0x1FE, 0x200, (byte) 0);
    file("nbp", nbp);
    Nic card = Nic.e1000().withBootRom().network("tftp=" + folder + ",bootfile=nbp");
    try (QemuMachine running = pc().nic(card).start()) {
      running.console().await("[PXE-NBP]");
      running.console().await(": network card released");
      return running.console().await(PROBE).group(1);
    }
  }

  private byte[] probe() throws IOException, URISyntaxException {
    URL source = Objects.requireNonNull(BiosBootTest.class.getResource("probe.S"));
    Path object = folder.resolve("probe.o");
    Path binary = folder.resolve("probe.bin");
    ForeignTool.require("as")
        .run("--32", "-o", object.toString(), Path.of(source.toURI()).toString())
        .ok();
    ForeignTool.require("objcopy")
        .run("-O", "binary", "-j", ".text", object.toString(), binary.toString())
        .ok();
    return Files.readAllBytes(binary);
  }
}
