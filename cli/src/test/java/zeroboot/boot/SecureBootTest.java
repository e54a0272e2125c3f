package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.cli.SealedFile;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * Firmware that enforces Secure Boot and trusts keys made by zboot. Whoever wants his own script to
 * run has a stick, a signed image of the farm's, and sbattach.
 */
@Tag("boot")
class SecureBootTest {
  private static final String STRANGER = "A STRANGER WAS HERE";
  private static final String STRANGERS_SCRIPT = "#!ipxe\necho " + STRANGER + "\npoweroff\n";
  private static final String ENDS = "the first one ends";
  static final Pattern REFUSED =
      Pattern.compile("BdsDxe: failed to load Boot\\w+ .*: Access Denied");

  @TempDir private static Path folder;
  private static EnrolledKeys enrolled;

  @BeforeAll
  static void enrol() throws IOException {
    enrolled = EnrolledKeys.shared();
  }

  /**
   * Firmware tries one disk after the other, and says of each why it does not start it. The first
   * is signed, starts and ends: its loader has given the firmware its check back.
   */
  @Test
  void whatIsNotWhollySignedIsRefusedAndTheSignedStickBoots() throws IOException {
    try (HttpStub server = new HttpStub()) {
      Path kernel = enrolled.signed(LinuxKernel.require(), folder.resolve("signed-kernel"));
      server.on("/k", HttpStub.file(kernel));
      Medium good = Medium.usb(folder, enrolled.options(kernelOptions(server)));
      addStrangersScript(good);
      List<Path> bad = badFiles();
      Qemu machine = enrolled.machine().nic(Nic.virtio());
      machine.disk(DiskBus.VIRTIO, stick(ends(bad.get(0))));
      for (Path file : bad) {
        machine.disk(DiskBus.VIRTIO, stick(file));
      }
      try (QemuMachine running = machine.disk(DiskBus.VIRTIO, good.file()).start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network     image " + good.imageId());
        String before = console.text();
        assertTrue(before.contains(ENDS), before);
        assertEquals(
            bad.size(),
            REFUSED.matcher(before.substring(before.indexOf(ENDS))).results().count(),
            before);
        assertEquals(1, before.split("Farm ID 4242", -1).length - 1, before);
        KernelServer.awaitKernel(console);
        assertFalse(console.text().contains(STRANGER), console.text());
      }
    }
  }

  @Test
  void signedIsoBootsAndAnUnsignedKernelIsRefusedInWords() throws IOException {
    try (HttpStub server = new HttpStub()) {
      Path kernel = Files.copy(LinuxKernel.require(), folder.resolve("unsigned-kernel"));
      server.on("/k", HttpStub.file(EnrolledKeys.withoutSignature(kernel)));
      Medium iso = Medium.iso(folder, enrolled.options(kernelOptions(server)));
      Qemu machine = enrolled.machine().cd(CdBus.AHCI, iso.file()).nic(Nic.virtio());
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network     image " + iso.imageId());
        console.await("Secure Boot is on, and no trusted key has signed the kernel.");
        assertFalse(console.text().contains("Linux version"), console.text());
      }
    }
  }

  private static String[] kernelOptions(HttpStub server) {
    return new String[] {"--kernel-url", server.url("/k"), "--kernel-arg", "earlyprintk=ttyS0"};
  }

  private static List<Path> badFiles() throws IOException {
    Path unsigned = efi("unsigned.efi");
    Path other = efi("other.efi", EnrolledKeys.options(enrolled.stranger()));
    Path good = efi("good.efi", enrolled.options());
    List<Path> bad = new ArrayList<>(List.of(unsigned, other));
    bad.add(taken(good));
    Path script = folder.resolve("script.efi");
    SealedFile.make(script, good, BundledCore.load(), STRANGERS_SCRIPT);
    bad.add(SealedFile.transplant(good, script));
    Path core = folder.resolve("core.efi");
    SealedFile.make(core, good, strangersCore(), SealedFile.script(good));
    bad.add(SealedFile.transplant(good, core));
    for (String part : List.of("script (UEFI)", "iPXE (UEFI), compressed", "UEFI loader")) {
      bad.add(changed(part));
    }
    return bad;
  }

  private static IpxeCore strangersCore() {
    byte[] efi = BundledCore.load().efi().clone();
    efi[efi.length / 2] ^= 1;
    return IpxeCore.of("a stranger", BundledCore.load().lkrn(), efi);
  }

  /** Nobody has signed it. */
  private static Path taken(Path good) throws IOException {
    assertArrayEquals(BundledCore.load().efi(), SealedFile.core(good));
    return Files.write(folder.resolve("taken.efi"), SealedFile.core(good));
  }

  /** With an error, or else the firmware opens its menu instead of going on to the next. */
  private static Path ends(Path good) throws IOException {
    String script = "#!ipxe\necho " + ENDS + "\nexit 1\n";
    Path file = SealedFile.make(folder.resolve("ends.efi"), good, BundledCore.load(), script);
    return enrolled.signed(file, folder.resolve("ends.signed.efi"));
  }

  /** With the stranger's script beside it, in both places where iPXE looks for one. */
  private static Path stick(Path efi) throws IOException {
    Path stick = Stick.with(Path.of(efi + ".img"), efi);
    Path script = Files.writeString(folder.resolve("autoexec.ipxe"), STRANGERS_SCRIPT);
    for (String place : List.of("::/autoexec.ipxe", "::/EFI/BOOT/autoexec.ipxe")) {
      ForeignTool.require("mcopy").run("-D", "o", "-i", stick + "", script + "", place).ok();
    }
    return stick;
  }

  private static Path changed(String part) throws IOException {
    Path file = folder.resolve("changed-" + part.charAt(0) + ".efi");
    CliRun run = make(file, enrolled.options());
    for (JsonElement view : run.json().getAsJsonArray("layout")) {
      if (view.getAsJsonObject().get("name").getAsString().equals(part)) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[view.getAsJsonObject().get("offset").getAsInt() + 40] ^= 1;
        return Files.write(file, bytes);
      }
    }
    throw new AssertionError("no " + part + " in " + file);
  }

  private static Path efi(String name, String... options) {
    Path file = folder.resolve(name);
    make(file, options);
    return file;
  }

  private static CliRun make(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("efi", "--farm-id", "4242", "--json"));
    args.addAll(List.of("-o", file.toString()));
    args.addAll(List.of(options));
    CliRun run = CliRun.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  /** In both places where iPXE looks for one. */
  private static void addStrangersScript(Medium usb) throws IOException {
    Path script = folder.resolve("autoexec.ipxe");
    Files.writeString(script, STRANGERS_SCRIPT);
    String partition = usb.file() + "@@" + usb.partition();
    // The volume has no room to spare; nothing that boots needs the two files.
    ForeignTool.require("mdel").run("-i", partition, "::/README.TXT", "::/ZBOOT.JSN").ok();
    for (String place : List.of("::/autoexec.ipxe", "::/EFI/BOOT/autoexec.ipxe")) {
      ForeignTool.require("mcopy").run("-i", partition, script.toString(), place).ok();
    }
  }
}
