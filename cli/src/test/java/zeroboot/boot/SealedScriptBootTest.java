package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A server that gives something else than a kernel. iPXE runs a script, whatever it came as. */
@Tag("boot")
class SealedScriptBootTest {
  private static final String STRANGER = "A STRANGER WAS HERE";
  private static final List<String> SCRIPTS =
      List.of(
          "#!ipxe\necho " + STRANGER + "\n",
          "#!gpxe\r\necho " + STRANGER + "\r\n",
          "#!ipxe echo\necho " + STRANGER + "\nimgexec kernel\n");

  @TempDir private Path folder;

  @Test
  void noScriptRunsUnderSecureBootInPlaceOfAKernel() throws IOException {
    EnrolledKeys enrolled = EnrolledKeys.shared();
    try (HttpStub server = new HttpStub()) {
      Path kernel = enrolled.signed(LinuxKernel.require(), folder.resolve("signed-kernel"));
      String[] options = enrolled.options(options(server, kernel));
      Medium usb = Medium.usb(folder, options);
      Qemu machine = enrolled.machine().disk(DiskBus.VIRTIO, usb.file()).nic(Nic.virtio());
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network     image " + usb.imageId());
        KernelServer.awaitKernel(console);
        String text = console.text();
        assertFalse(text.contains(STRANGER), text);
        String refused = "Secure Boot is on, and no trusted key has signed the kernel.";
        assertEquals(SCRIPTS.size(), text.split(refused, -1).length - 1, text);
      }
    }
  }

  /** Shows that the test above can fail. */
  @Tag("long")
  @Test
  void scriptRunsWithoutSecureBoot() throws IOException {
    try (HttpStub server = new HttpStub()) {
      Medium usb = Medium.usb(folder, options(server, LinuxKernel.require()));
      Qemu machine = Qemu.with(Firmware.UEFI).disk(DiskBus.VIRTIO, usb.file()).nic(Nic.virtio());
      try (QemuMachine running = machine.start()) {
        running.console().await(STRANGER);
      }
    }
  }

  /** Scripts, a web page and at last a kernel, in turn. */
  private String[] options(HttpStub server, Path kernel) throws IOException {
    List<String> options = new ArrayList<>();
    List<String> answers = new ArrayList<>(SCRIPTS);
    answers.add("<html>No such kernel</html>\n");
    for (int i = 0; i < answers.size(); i++) {
      Path file = Files.writeString(folder.resolve("answer" + i), answers.get(i));
      server.on("/" + i, HttpStub.file(file));
      options.addAll(List.of("--kernel-url", server.url("/" + i)));
    }
    server.on("/k", HttpStub.file(kernel));
    options.addAll(List.of("--kernel-url", server.url("/k")));
    options.addAll(List.of("--kernel-arg", "earlyprintk=ttyS0"));
    return options.toArray(String[]::new);
  }
}
