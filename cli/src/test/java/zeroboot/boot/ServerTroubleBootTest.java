package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Kernel servers that fail, each in its own way, before one works. */
@Tag("boot")
class ServerTroubleBootTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** iPXE's error numbers, from which the script reads what happened, differ between the two. */
  @ParameterizedTest
  @CsvSource({"BIOS,IDE", "UEFI,VIRTIO"})
  void nextServerIsTried(Firmware firmware, DiskBus bus, @TempDir Path folder) throws IOException {
    try (KernelServer server = new KernelServer()) {
      server
          .stub()
          .on("/busy", HttpStub.status(503))
          .on("/forbidden", HttpStub.status(403))
          .on("/login", HttpStub.status(401))
          .on("/hangs-up", HttpStub.hangUp())
          .on("/half", HttpStub.half())
          .on("/too-many", HttpStub.status(429))
          .on("/range", HttpStub.status(416))
          .on("/broken", HttpStub.status(500))
          .on("/page", HttpStub.text("<!DOCTYPE html><title>Please log in</title>"));
      Medium usb =
          Medium.usb(
              folder,
              server.options(
                  "/gone",
                  "/busy",
                  "/forbidden",
                  "/login",
                  "/hangs-up",
                  "/half",
                  "/too-many",
                  "/range",
                  "/broken",
                  "/page",
                  "/k"));
      try (QemuMachine running =
          Qemu.with(firmware).disk(bus, usb.file()).nic(Nic.virtio()).start()) {
        Console console = running.console();
        failed(console, server, "/gone", "The server has no kernel at this address (404).");
        failed(console, server, "/busy", "The kernel server has a problem of its own (5xx).");
        failed(console, server, "/forbidden", "The server refuses to hand out the kernel (4xx).");
        failed(console, server, "/login", "The server refuses to hand out the kernel (4xx).");
        failed(console, server, "/hangs-up", "The kernel server does not answer.");
        failed(console, server, "/half", "The download of the kernel broke off.");
        failed(console, server, "/too-many", "The server refuses to hand out the kernel (4xx).");
        failed(console, server, "/range", "The server refuses to hand out the kernel (4xx).");
        failed(console, server, "/broken", "The kernel server has a problem of its own (5xx).");
        // What a guest network answers in place of the server.
        console.await(server.stub().url("/page") + "...", PATIENCE);
        console.await("\nno The kernel was fetched, but this machine could not start it.\n");
        KernelServer.awaitKernel(console);
      }
      // iPXE itself asks a server that hangs up a second time.
      assertEquals(
          List.of(
              "/gone",
              "/busy",
              "/forbidden",
              "/login",
              "/hangs-up",
              "/hangs-up",
              "/half",
              "/too-many",
              "/range",
              "/broken",
              "/page",
              "/k"),
          server.stub().requests().stream().map(line -> line.substring("GET ".length())).toList());
    }
  }

  private static void failed(Console console, KernelServer server, String path, String why) {
    String url = Pattern.quote(server.stub().url(path));
    console.await(Pattern.compile(url + "\\.\\.\\..*\nno " + Pattern.quote(why) + "\n"), PATIENCE);
  }
}
