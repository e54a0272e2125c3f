package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** The page of {@code zboot serve} in a browser, while a node boots. */
@Tag("boot")
class ServePageBootTest {
  private static final Nic CARD = Nic.e1000().withBootRom();
  private static final String PAGE = "http://" + ServeHost.ADDRESS + "/";

  /** Notes each step that the row of a node shows. */
  private static final String NOTE_STEPS =
      """
      window.seen = [];
      new MutationObserver(() => {
        const row = document.getElementById("node-%s");
        const step = row && row.querySelector(".step");
        const text = step ? step.firstChild.textContent : "";
        if (text && window.seen.at(-1) !== text) window.seen.push(text);
      }).observe(document.body, {childList: true, subtree: true, characterData: true});
      """
          .formatted(CARD.mac().replace(':', '-'));

  @TempDir private Path folder;

  @Test
  void rowGoesFromOfferToStartedWhileItsNodeBoots() throws IOException {
    Path profile = folder.resolve("farm.yaml");
    Files.writeString(
        profile,
        """
        farm-id: 4242
        kernel-url: [%s]
        nodes:
          - {name: rack1-01, mac: "%s"}
          - {name: rack1-02, mac: "02:00:00:00:00:02"}
          - {name: rack1-03, mac: "02:00:00:00:00:03"}
        """
            .formatted(FarmLan.KERNEL_URL, CARD.mac()));
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      lan.dnsmasq(FarmLan.DHCP);
      host.serve("--config", profile.toString());
      try (Browser browser = Browser.on(host.host(), folder, 1000, 520, false)) {
        browser.open(PAGE);
        assertTrue(text(browser, "#nobody").startsWith("No machine has asked yet."));
        browser.run(NOTE_STEPS);
        Qemu machine = Qemu.with(Firmware.BIOS);
        try (QemuMachine running = lan.plug(machine, CARD).start()) {
          KernelServer.awaitKernel(running.console());
        }
        awaitStep(browser, "kernel started");
        String seen = browser.run("return window.seen.join(', ')").getAsString();
        assertTrue(seen.contains("was offered its file"), seen);
        assertTrue(seen.endsWith("kernel started"), seen);
        report(host, "02:00:00:00:00:02", "kernel&ip=192.0.2.117&firmware=UEFI");
        report(host, "02:00:00:00:00:03", "failed&ip=192.0.2.118&firmware=UEFI&error=" + TROUBLE);
        awaitRows(browser, 3);
        assertEquals("3 nodes, 1 started, 1 in trouble", text(browser, "#summary"));
        assertEquals("rack1-01", text(browser, ".started b"));
        assertTrue(text(browser, ".failed .detail").endsWith("Restart it."));
        keep(browser, "serve-page.png");
        browser.assertNoComplaints();
      }
      try (Browser phone = Browser.on(host.host(), folder, 390, 640, true)) {
        phone.open(PAGE);
        awaitRows(phone, 3);
        assertEquals(
            390, phone.run("return document.documentElement.scrollWidth").getAsInt(), "no wider");
        keep(phone, "serve-phone.png");
        // What a node says of itself is text and never markup.
        report(host, "02:00:00:00:00:03", "failed&error=%3Cb%3Ebold%3C%2Fb%3E");
        await(phone, "return document.querySelector('.detail').textContent === '<b>bold</b>'");
        phone.assertNoComplaints();
      }
    }
  }

  private static final String TROUBLE =
      "The%20kernel%20server%20does%20not%20answer.%20Does%20the%20router%20have%20internet%3F"
          + "%20Restart%20it.";

  private static void report(ServeHost host, String mac, String more) {
    String url = PAGE + "report?mac=" + mac + "&step=" + more;
    host.host().run(ForeignTool.require("curl").path(), "-sS", url).ok();
  }

  private static String text(Browser browser, String selector) {
    return browser
        .run("return document.querySelector('" + selector + "').textContent")
        .getAsString();
  }

  private static void awaitStep(Browser browser, String step) {
    await(browser, "return window.seen.at(-1) === '" + step + "'");
  }

  private static void awaitRows(Browser browser, int count) {
    await(browser, "return document.querySelectorAll('#nodes tr').length === " + count);
  }

  private static void await(Browser browser, String condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!browser.run(condition).getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, condition + ": " + text(browser, "body"));
      Thread.onSpinWait();
    }
  }

  /** For the guides: {@code ZBOOT_TEST_PICTURES} names a folder. */
  private static void keep(Browser browser, String name) throws IOException {
    byte[] picture = browser.screenshot();
    assertTrue(picture.length > 5000, picture.length + " bytes");
    String where = System.getenv("ZBOOT_TEST_PICTURES");
    if (where != null) {
      Files.write(Path.of(where).resolve(name), picture);
    }
  }
}
