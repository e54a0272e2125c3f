package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;

/** What a stick tells the server of {@code --report-url}. */
@Tag("boot")
class ReportBootTest {
  private static final Nic CARD = Nic.virtio();
  private static final String SERIAL = "a || b+c \"{%41}";

  @TempDir private Path folder;

  @Test
  void eachStepIsToldWithWhoTellsIt() {
    tellsEachStep(Firmware.BIOS, "own");
  }

  /** ServeBootTest hears the steps in UEFI mode, too. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({"UEFI,own", "BIOS,second", "UEFI,second"})
  void theyAreToldInUefiModeAndByTheSecondCore(Firmware firmware, String core) {
    tellsEachStep(firmware, core);
  }

  private void tellsEachStep(Firmware firmware, String core) {
    try (HttpStub server = new HttpStub()) {
      server.on("/k", HttpStub.status(404), HttpStub.file(LinuxKernel.require()));
      server.otherwise("/report?", HttpStub.text("ok\n"));
      List<String> options = options(server, server.url("/report"));
      if (core.equals("second")) {
        options.addAll(List.of("--core", SecondCore.require().toString()));
      }
      Medium usb = Medium.usb(folder, options.toArray(String[]::new));
      try (QemuMachine running = boot(firmware, usb)) {
        KernelServer.awaitKernel(running.console());
        String text = running.console().text();
        assertFalse(text.contains("command not found"), text);
        // What came back was let go of: Linux got no initial RAM disk.
        assertFalse(text.contains("RAMDISK:"), text);
      }
      List<Map<String, String>> told = told(server);
      assertEquals(
          List.of("address", "kernel", "failed", "kernel", "kernel-fetched", "started"),
          told.stream().map(fields -> fields.get("step")).toList());
      told.forEach(fields -> assertEquals(CARD.mac(), fields.get("mac")));
      Map<String, String> first = new TreeMap<>(told.get(0));
      assertTrue(first.remove("card").contains("virtio"), told.toString());
      assertEquals(
          Map.of(
              "mac",
              CARD.mac(),
              "step",
              "address",
              "ip",
              "10.0.2.15",
              "serial-hex",
              HexFormat.of().formatHex(SERIAL.getBytes(StandardCharsets.UTF_8)),
              "image",
              usb.imageId(),
              "firmware",
              firmware.name()),
          first);
      assertEquals(
          "The server has no kernel at this address (404). Make a new image: the kernel may have"
              + " moved. Your own URL: check each letter.",
          told.get(2).get("error"));
      assertTrue(told.get(2).getOrDefault("code", "").matches("2d0c61.."), told.toString());
      assertEquals(
          List.of(2),
          told.stream().filter(each -> each.containsKey("error")).map(told::indexOf).toList());
    }
  }

  private static List<Map<String, String>> told(HttpStub server) {
    List<Map<String, String>> told = new ArrayList<>();
    for (String request : server.requests()) {
      if (request.startsWith("GET /report?")) {
        Map<String, String> fields = new HashMap<>();
        for (String field : request.substring(request.indexOf('?') + 1).split("&", -1)) {
          String[] parts = field.split("=", 2);
          fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        told.add(fields);
      }
    }
    return told;
  }

  @Tag("long")
  @Test
  void serverThatNeverAnswersOrIsNotThereKeepsNoNodeFromStarting() {
    try (HttpStub server = new HttpStub()) {
      server.on("/k", HttpStub.file(LinuxKernel.require()));
      server.otherwise("/report?", server.silence());
      for (String url : List.of(server.url("/report"), "http://10.0.2.99/report")) {
        Medium usb = Medium.usb(folder, options(server, url).toArray(String[]::new));
        try (QemuMachine running = boot(Firmware.BIOS, usb)) {
          running.console().await(url + "...");
          KernelServer.awaitKernel(running.console());
        }
      }
    }
  }

  private static List<String> options(HttpStub server, String report) {
    List<String> options = new ArrayList<>(List.of("--kernel-url", server.url("/k")));
    options.addAll(List.of("--kernel-arg", "earlyprintk=ttyS0", "--report-url", report));
    return options;
  }

  private static QemuMachine boot(Firmware firmware, Medium usb) {
    return Qemu.with(firmware)
        .option("-smbios", "type=1,serial=" + SERIAL)
        .disk(DiskBus.VIRTIO, usb.file())
        .nic(CARD)
        .start();
  }
}
