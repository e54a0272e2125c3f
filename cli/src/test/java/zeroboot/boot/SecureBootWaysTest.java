package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.CliRun;
import zeroboot.cli.SealedFile;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.FetchedFirmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Lan;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * The signed image under Secure Boot: from every medium, and in firmware of three releases. That it
 * boots from a stick and a disc, and what is refused, SecureBootTest shows in each {@code ./check}.
 */
@Tag("boot")
class SecureBootWaysTest {
  private static final String PXE_OFF = "name=opt/org.tianocore/IPv4PXESupport,string=no";
  private static final String IPV6_OFF = "name=opt/org.tianocore/IPv6Support,string=no";

  @TempDir private static Path folder;
  private static EnrolledKeys enrolled;
  private static Path kernel = Path.of("");

  @BeforeAll
  static void enrol() throws IOException {
    enrolled = EnrolledKeys.shared();
    kernel = enrolled.signed(LinuxKernel.require(), folder.resolve("signed-kernel"));
  }

  /** The newest, which lets nothing be both written and run. */
  @Test
  void stickBootsWhereMemoryIsProtectedStrictly() {
    Path code = FetchedFirmware.require("forky", "OVMF_CODE_4M.secboot.strictnx.fd");
    boots("usb", enrolled.machine().code(code));
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "trixie, OVMF_CODE_4M.secboot.fd",
    "trixie, OVMF_CODE_4M.secboot.strictnx.fd",
    "forky, OVMF_CODE_4M.secboot.fd"
  })
  void stickBootsInOtherFirmware(String release, String build) {
    boots("usb", enrolled.machine().code(FetchedFirmware.require(release, build)));
  }

  /** The other ways into those. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "trixie, OVMF_CODE_4M.secboot.fd",
    "trixie, OVMF_CODE_4M.secboot.strictnx.fd",
    "forky, OVMF_CODE_4M.secboot.fd",
    "forky, OVMF_CODE_4M.secboot.strictnx.fd"
  })
  void discAndNetworkBootInOtherFirmware(String release, String build, @TempDir Path scratch)
      throws IOException {
    Path code = FetchedFirmware.require(release, build);
    boots("iso", enrolled.machine().code(code));
    overNetwork(
        withRandomNumbers(code),
        Files.createDirectory(scratch.resolve("pxe")),
        "Start PXE over IPv4");
    overNetwork(
        withRandomNumbers(code).option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF),
        Files.createDirectory(scratch.resolve("http")),
        "Start HTTP Boot over IPv4");
  }

  /** Newer firmware has no network without a source of random numbers (UEFI, EFI_RNG_PROTOCOL). */
  private static Qemu withRandomNumbers(Path code) {
    return enrolled.machine().code(code).option("-device", "virtio-rng-pci");
  }

  @Tag("long")
  @Test
  void stickAndDiscBoot() {
    boots("usb", enrolled.machine());
    boots("iso", enrolled.machine());
  }

  private static void boots(String form, Qemu machine) {
    try (HttpStub server = new HttpStub()) {
      server.on("/k", HttpStub.file(kernel));
      Medium medium = Medium.make(form, folder, enrolled.options(kernelAt(server.url("/k"))));
      if (form.equals("iso")) {
        machine.cd(CdBus.AHCI, medium.file());
      } else {
        machine.disk(DiskBus.XHCI, medium.file());
      }
      try (QemuMachine running = machine.nic(Nic.virtio()).start()) {
        running.console().await("Farm ID 4242 on the main network     image " + medium.imageId());
        awaitKernel(running.console());
      }
    }
  }

  private static void awaitKernel(Console console) {
    // Kernels of some releases say nothing so early where memory is protected strictly.
    console.await("Starting Zero-OS for farm 4242");
    assertFalse(console.text().contains("Secure Boot refuses"), console.text());
  }

  private static String[] kernelAt(String url) {
    return new String[] {"--kernel-url", url, "--kernel-arg", "earlyprintk=ttyS0"};
  }

  @Tag("long")
  @Test
  void machineBootsOverPxe(@TempDir Path scratch) throws IOException {
    overNetwork(enrolled.machine(), scratch, "Start PXE over IPv4");
  }

  @Tag("long")
  @Test
  void machineBootsOverHttp(@TempDir Path scratch) throws IOException {
    Qemu machine = enrolled.machine().option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    overNetwork(machine, scratch, "Start HTTP Boot over IPv4");
  }

  /** The file that leaves the card to the firmware's driver is signed and vouched for as well. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void machineBootsWithItsFirmwaresDriver(boolean http, @TempDir Path scratch) throws IOException {
    Qemu machine = enrolled.machine();
    if (http) {
      machine.option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    }
    String says = http ? "Start HTTP Boot over IPv4" : "Start PXE over IPv4";
    overNetwork(machine, scratch, says, "--firmware-driver", Nic.virtio().mac());
  }

  private static void overNetwork(Qemu machine, Path scratch, String firmwareSays, String... more)
      throws IOException {
    Path served = scratch.resolve("netboot");
    List<String> command = new ArrayList<>(List.of("netboot", "--farm-id", "4242", "--json"));
    command.addAll(List.of("-o", served.toString(), "--server", Lan.SERVER));
    command.addAll(List.of("--dhcp-range", "192.0.2.100,192.0.2.199"));
    command.addAll(List.of("--router", Lan.SERVER));
    command.addAll(List.of(more));
    command.addAll(List.of(enrolled.options(kernelAt(FarmLan.KERNEL_URL))));
    CliRun run = CliRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    String imageId = run.json().get("imageId").getAsString();
    Files.copy(kernel, served.resolve("k"));
    try (Lan lan = Lan.create(scratch)) {
      lan.serve(served);
      lan.dnsmasq("--conf-file=" + served.resolve("dnsmasq.conf"));
      try (QemuMachine running = lan.plug(machine, Nic.virtio()).start()) {
        Console console = running.console();
        console.await(firmwareSays);
        console.await("Farm ID 4242 on the main network     image ");
        console.await(more.length == 0 ? imageId : "net0: SNP, MAC");
        awaitKernel(console);
      }
    }
  }

  /** A stranger's DHCP server offers the core of a signed image, and a script for it. */
  @Test
  void coreFromStrangersServerIsRefused(@TempDir Path scratch) throws IOException {
    Medium medium = Medium.usb(folder, enrolled.options());
    Path served = Files.createDirectory(scratch.resolve("tftp"));
    Files.write(served.resolve("core.efi"), SealedFile.core(medium.file()));
    Files.writeString(served.resolve("autoexec.ipxe"), "#!ipxe\necho A STRANGER WAS HERE\n");
    try (Lan lan = Lan.create(scratch)) {
      Dnsmasq stranger =
          lan.dnsmasq(
              FarmLan.DHCP, "--enable-tftp", "--tftp-root=" + served, "--dhcp-boot=core.efi");
      try (QemuMachine running = lan.plug(enrolled.machine(), Nic.virtio()).start()) {
        Console console = running.console();
        console.await("Start PXE over IPv4");
        console.await(SecureBootTest.REFUSED);
        assertEquals(
            List.of("file core.efi"),
            stranger.given().stream().filter(given -> given.startsWith("file")).toList());
      }
    }
  }
}
