package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootWatchTest {
  private static final String ID = "12AB-34CD-56EF-78GH";
  private static final Expected EXPECTED =
      new Expected(Optional.of("4242"), Optional.of(ID), Optional.empty());

  /** Watches what comes in pieces of this size. */
  private static BootWatch watch(Expected expected, String sent, int piece) {
    BootWatch watch = new BootWatch(expected);
    SerialScreen screen = new SerialScreen(80, watch::line);
    byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      screen.put(some, some.length);
      watch.unfinished(screen.unfinished());
    }
    return watch;
  }

  private static BootWatch watch(String sent) {
    return watch(EXPECTED, sent, 100);
  }

  /** The recording up to the line that begins so, without it. */
  private static String until(String firmware, String line) {
    String whole = Recording.of(firmware, ID);
    int at = whole.indexOf("\n" + line);
    assertTrue(at > 0, line);
    return whole.substring(0, at + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bios", "uefi"})
  void aBootIsFollowedToTheKernel(String firmware) {
    for (int piece : new int[] {1, 7, 4096}) {
      BootWatch watch = watch(EXPECTED, Recording.of(firmware, ID), piece);
      assertEquals(Milestone.KERNEL, watch.reached());
      assertEquals(Optional.empty(), watch.failure());
      assertEquals(
          Map.of(
              Milestone.BANNER, "farm ID 4242 on the main network, image " + ID,
              Milestone.ADDRESS, "10.0.2.15",
              Milestone.KERNEL, "http://10.0.2.2:8000/k"),
          without(watch.details(), Milestone.FIRMWARE));
    }
  }

  /** How a step went stands before it, in colour; the head is drawn again after an attempt. */
  @Test
  void stepsAndTheHeadDrawnAgainAreFollowed() {
    String recording =
        Recording.of("bios", ID)
            .replace("net0: address", "\033[32mok\033[0m net0: address")
            .replace(
                "Looking for",
                "\033[2J\033[H  Farm ID 4242 on the main network     image "
                    + ID
                    + "\r\n\033[33m..\033[0m Looking for");
    BootWatch watch = watch(EXPECTED, recording, 7);
    assertEquals(Milestone.KERNEL, watch.reached());
    assertEquals("10.0.2.15", watch.details().get(Milestone.ADDRESS));
    assertEquals(Optional.empty(), watch.failure());
  }

  private static Map<Milestone, String> without(Map<Milestone, String> details, Milestone stage) {
    Map<Milestone, String> rest = new EnumMap<>(details);
    rest.remove(stage);
    return rest;
  }

  @ParameterizedTest
  @CsvSource({
    "bios,Zero Boot,FIRMWARE",
    "bios,iPXE initialising,LOADER",
    "bios,Looking for a network,BANNER",
    "bios,net0: address,BANNER",
    "bios,Fetching the kernel,ADDRESS",
    "bios,http://,ADDRESS",
    "uefi,iPXE initialising,LOADER",
    "uefi,Fetching the kernel,ADDRESS"
  })
  void eachStageIsSeen(String firmware, String before, Milestone stage) {
    BootWatch watch = watch(until(firmware, before));
    assertEquals(stage, watch.reached());
    assertEquals(Optional.empty(), watch.failure());
  }

  /** A large kernel takes minutes; that it is there shows at once. */
  @Test
  void aDownloadThatGoesOnIsAKernel() {
    String begun = until("bios", "http://10.0.2.2:8000/k");
    assertEquals(Milestone.ADDRESS, watch(begun + "http://10.0.2.2:8000/k...").reached());
    assertEquals(Milestone.ADDRESS, watch(begun + "http://10.0.2.2:8000/k... 0%").reached());
    assertEquals(Milestone.KERNEL, watch(begun + "http://10.0.2.2:8000/k... 1%").reached());
    assertEquals(Milestone.ADDRESS, watch(begun + "http://192.0.2.9/other... 1%").reached());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Fetching|no The kernel server does not answer.~Trying again in 2 seconds|The kernel server does not answer
          Fetching|  That did not work: no such file (404)~Not yet. Waiting 5 seconds before the next attempt.|no such file (404)
          net0: address|net0: no address. Is a router with DHCP on this cable?~Not yet. Waiting 5 seconds|nobody gave it an address
          net0: address|net0: still no link. Is its cable plugged in?~Not yet. Waiting 5 seconds|its network card has no link
          Looking|  ZERO BOOT COULD NOT START THIS NODE     farm 4242~  Node node-01~~  No network card was found that iPXE can drive.|No network card was found that iPXE can drive.
          Looking|  ZERO BOOT COULD NOT START THIS NODE~  farm 4242, image 12AB-34CD-56EF-78GH~  Node node-01~~  No network card sees a cable.|No network card sees a cable.
          Looking|  ZERO BOOT COULD NOT START THIS NODE~  image 12AB-34CD-56EF-78GH~~  No network card sees a cable.|No network card sees a cable.
          iPXE init|Zero Boot...~data error 01 - the file is damaged|the BIOS boot code says: data error 01 - the file is damaged
          Zero Boot|No bootable device.|the firmware finds nothing to boot
          """)
  void whatWillNotGoOnIsSaid(String before, String then, String failure) {
    BootWatch watch = watch(until("bios", before) + then.replace("~", "\r\n") + "\r\n");
    assertEquals(Optional.of(failure), watch.failure());
  }

  @Test
  void anotherFarmThanTheBootCodeHoldsIsATrouble() {
    String other = Recording.of("bios", ID).replace("Farm ID 4242", "Farm ID 4243");
    assertEquals(
        Optional.of("the screen shows farm ID 4243, but the boot code holds farm ID 4242"),
        watch(other).failure());
    assertEquals(
        Optional.of(
            "the screen shows image 0000-0000-0000-0000, but the boot code holds image " + ID),
        watch(Recording.of("bios", "0000-0000-0000-0000")).failure());
    assertEquals(
        Optional.empty(),
        watch(Expected.ANYTHING, Recording.of("bios", "0000-0000-0000-0000"), 9).failure());
  }

  @Test
  void aProvisioningImageReachesItsScript() {
    String recording =
        until("bios", "  ZERO BOOT")
            + "  This node asks a server what to do     image "
            + ID
            + "\r\nnet0: address 10.0.2.15, mask 255.255.255.0\r\n"
            + "Fetching the script: http://192.0.2.1/52:54:00:5a:42:00\r\n"
            + "http://192.0.2.1/52:54:00:5a:42:00... ok\r\n";
    BootWatch watch =
        watch(new Expected(Optional.empty(), Optional.of(ID), Optional.empty()), recording, 50);
    assertEquals(Milestone.KERNEL, watch.reached());
    assertEquals(Optional.empty(), watch.failure());
    assertEquals("asks a server, image " + ID, watch.details().get(Milestone.BANNER));
  }

  /** Our own line says server and end of it, and iPXE's says all, further to the right. */
  @Test
  void longUrlIsKnownByTheLineOfIpxe() {
    String url = "https://b.example/" + "path/".repeat(12) + "zero-os.efi";
    String recording =
        until("bios", "  ZERO BOOT")
            + "  Farm ID 4242 on the main network     image "
            + ID
            + "\r\nnet0: address 10.0.2.15, mask 255.255.255.0\r\n"
            + ".. Fetching the kernel: https://b.example/.../path/zero-os.efi\r\n"
            + "           "
            + url
            + "... ok\r\n";
    BootWatch watch = watch(recording);
    assertEquals(Milestone.KERNEL, watch.reached());
    assertEquals(url, watch.url());
  }

  /** However much a machine sends, only its last lines are kept. */
  @Test
  void whatIsKeptIsBounded() {
    BootWatch watch = watch("line\n".repeat(100_000) + "last\n");
    assertEquals(25, watch.screen().size());
    assertEquals("last", watch.screen().get(24));
  }
}
