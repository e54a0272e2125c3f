package zeroboot.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

class ScreenTextTest {
  private static final int FETCHING = 24;
  private static final String RELEASE =
      "https://github.com/threefoldtech/zos/releases/download/v3.10.12-rc4/zero-os-3.10.12-rc4.efi";

  @Test
  void serverAndEndOfALongUrlAreShown() {
    assertTrue(ScreenText.fits("https://bootstrap.grid.tf/kernel/net/prod.efi", FETCHING));
    assertFalse(ScreenText.fits(RELEASE, FETCHING));
    assertEquals(
        "https://github.com/.../zero-os-3.10.12-rc4.efi", ScreenText.brief(RELEASE, FETCHING));
    assertEquals(
        "https://b.example/.../c/",
        ScreenText.brief("https://b.example/" + "a".repeat(60) + "/c/", FETCHING + 17));
  }

  @Test
  void everyBriefOneFits() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      String url = url(random);
      for (int before : new int[] {FETCHING, FETCHING + 17}) {
        if (ScreenText.fits(url, before)) {
          continue;
        }
        String brief = ScreenText.brief(url, before);
        assertTrue(ScreenText.fits(brief, before), brief);
        int gap = brief.indexOf("...");
        assertTrue(url.startsWith(brief.substring(0, gap)), url + " became " + brief);
        assertTrue(url.endsWith(brief.substring(gap + 3)), url + " became " + brief);
        assertTrue(brief.length() > 15, brief);
      }
    }
  }

  private static String url(Random random) {
    StringBuilder url = new StringBuilder(random.nextBoolean() ? "http://" : "https://");
    url.append("h".repeat(1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 20))).append(".tf");
    int parts = random.nextInt(9);
    for (int part = 0; part < parts; part++) {
      url.append('/').append("p".repeat(1 + random.nextInt(25)));
    }
    return url + (random.nextBoolean() ? "/" : ".efi");
  }

  /** As a screen of this width shows what iPXE writes. */
  private static List<String> rows(String url, int width) {
    String line = " ".repeat(ScreenText.indent(url)) + url.replaceFirst("\\?.*", "") + "... 100%";
    List<String> rows = new ArrayList<>();
    for (int at = 0; at < line.length(); at += width) {
      rows.add(line.substring(at, Math.min(line.length(), at + width)));
    }
    return rows;
  }

  @Test
  void longUrlBreaksBehindASlash() {
    assertEquals(0, ScreenText.indent("https://bootstrap.grid.tf/kernel/net/prod.efi"));
    assertEquals(0, ScreenText.indent("https://b.example/k?" + "q".repeat(200)));
    for (int width : new int[] {80, 100}) {
      List<String> rows = rows(RELEASE, width);
      assertEquals(2, rows.size(), rows.toString());
      assertTrue(rows.get(0).matches(".*[/.-]"), rows.toString());
    }
    assertTrue(rows(RELEASE, 80).get(0).endsWith("/"), rows(RELEASE, 80).toString());
  }

  /** Where there is a slash within reach of the edge, the narrow screen breaks there. */
  @Test
  void breaksAreBetweenWords() {
    Random random = new Random(8);
    int broken = 0;
    for (int i = 0; i < 3000; i++) {
      String url = url(random);
      List<String> rows = rows(url, 80);
      boolean hasPlace =
          url.length() > 79 && url.length() < 130 && url.substring(40, 79).contains("/");
      if (rows.size() == 2 && hasPlace) {
        broken++;
        assertTrue(rows.get(0).endsWith("/"), rows.toString());
        assertFalse(rows.get(0).strip().matches("https?://?"), rows.toString());
      }
    }
    assertTrue(broken > 300, broken + "");
  }

  @Test
  void wordsOfTheKernelAreShownInLines() {
    String args =
        "farmer_id=4242 runmode=prod console=tty0 console=ttyS1,115200n8 " + "x".repeat(90);
    List<String> lines = ScreenText.lines(args, 3);
    assertEquals(args, String.join(" ", lines));
    assertEquals(2, lines.size(), lines.toString());
    assertEquals(List.of("a b"), ScreenText.lines("a b", 3));
    assertEquals("${s5}${s5}${s3}", ScreenText.blanks(13));
    assertEquals("${s5}", ScreenText.blanks(5));
    assertEquals("", ScreenText.blanks(0));
  }

  @Test
  void scriptSaysItOnlyWhereItIsNeeded() {
    Settings settings = Settings.NONE.with(Setting.FARM_ID, "4242");
    String usual = BootScripts.render(BootSpec.of(settings), BundledCore.load()).text();
    assertFalse(usual.contains("\nset brief"), usual);
    assertFalse(usual.contains("\nset indent"), usual);
    assertFalse(usual.contains("\nset told"), usual);
    String all =
        BootScripts.render(
                BootSpec.of(
                    settings
                        .with(Setting.KERNEL_URL, "https://b.example/k", RELEASE)
                        .with(
                            Setting.REPORT_URL,
                            "http://192.0.2.3/" + "r".repeat(50) + "/" + "r".repeat(20))
                        .with(Setting.CONSOLE, "tty0", "ttyS0", "ttyS1,115200n8")),
                BundledCore.load())
            .text();
    assertTrue(all.contains("\nset brief1 https://github.com/.../zero-os"), all);
    assertTrue(all.contains("\nset indent1 ${s"), all);
    assertTrue(all.contains("\nset indent ${s"), all);
    assertTrue(all.contains("\nset told1 "), all);
    assertFalse(all.contains("set brief0 https"), all);
    String asks =
        BootScripts.render(
                BootSpec.of(
                    Settings.NONE.with(
                        Setting.PROVISION_URL, "https://boot.example.com/" + "p".repeat(50) + "/")),
                BundledCore.load())
            .text();
    assertTrue(asks.contains("\nset brief https://boot.example.com/..."), asks);
    assertTrue(asks.contains("\nset indent0 ${s"), asks);
  }
}
