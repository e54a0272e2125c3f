package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;

/** {@code zboot try} with QEMU itself. */
@Tag("boot")
class TryBootTest {
  @TempDir private Path folder;

  @Test
  void reachesTheKernel() {
    reachesTheKernel("efi", "uefi");
  }

  @Tag("long")
  @Test
  void reachesTheKernelInBiosMode() {
    reachesTheKernel("iso", "bios");
  }

  private void reachesTheKernel(String form, String firmware) {
    requireQemu(firmware);
    try (KernelServer server = new KernelServer()) {
      Medium medium = Medium.make(form, folder, server.options());
      byte[] before = medium.bytes();
      CliRun run =
          CliRun.of(
              "try",
              "--accel",
              "tcg",
              "--timeout",
              "300",
              "--firmware",
              firmware,
              medium.file().toString());
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.err().contains("image " + medium.imageId()), run.err());
      assertArrayEquals(before, medium.bytes());
    }
  }

  /** Its own network has the fixed address's gateway; the kernel's server is not there. */
  @Test
  void saysHowFarItGot() {
    requireQemu("bios");
    Medium medium =
        Medium.usb(
            folder,
            "--address",
            "192.0.2.10/24",
            "--gateway",
            "192.0.2.1",
            "--kernel-url",
            "http://192.0.2.1:1/k");
    CliRun run =
        CliRun.of(
            "try",
            medium.file().toString(),
            "--accel",
            "tcg",
            "--timeout",
            "300",
            "--firmware",
            "bios");
    assertEquals(6, run.exitCode(), run.err());
    assertTrue(
        run.err()
            .contains(
                "it gets an address, but no kernel: The kernel server does not answer"
                    + " (http://192.0.2.1:1/k)"),
        run.err());
    assertTrue(run.err().contains("address 192.0.2.10"), run.err());
  }

  private static void requireQemu(String firmware) {
    ForeignTool.require("qemu-system-x86_64");
    if (firmware.equals("uefi")) {
      Firmware.variablesWithoutKeys();
    }
  }
}
