package zeroboot.cli.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Streams;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Product;
import zeroboot.usb.Use;

/** The guided mode over answers that a script gives. */
class InterviewTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Queue<List<Device>> plugged = new ArrayDeque<>();

  @TempDir private Path folder;

  @Test
  void theUsualFarmer() {
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals(
        List.of("write", "--farm-id", "4242", folder.resolve("by-id-sdx").toString()),
        ask("4242", "", "", "", "1"));
    assertSaid("  #   #  #####  #   #  #####\n");
    assertSaid("Is 4242 your farm [yes]: ");
    assertSaid("  1  " + folder.resolve("sdx") + ", 15.5 GB USB Acme Stick, serial 4C53\n");
  }

  @Test
  void aFileIsTheDefault() {
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals(List.of("iso", "--farm-id", "7"), ask("7", "", "", "", "", ""));
    assertSaid("File [zboot-farm7-main.iso]: ");
  }

  @Test
  void aFileElsewhere() throws IOException {
    plugged.add(List.of());
    Path there = Files.writeString(folder.resolve("there.iso"), "mine");
    Path fresh = folder.resolve("my node.iso");
    List<String> command = ask("7", "", "", "", "file", there.toString(), fresh.toString());
    assertEquals(List.of("iso", "--farm-id", "7", "-o", fresh.toString()), command);
    assertSaid("No stick or card is plugged in that zboot would write to.\n");
    assertSaid("No: " + there + ": is there already;");
    assertEquals("mine", Files.readString(there));
  }

  @Test
  void everyAnswerIsCheckedAtOnce() {
    plugged.add(List.of());
    assertEquals(
        List.of("iso", "--farm-id", "7", "--network", "test"),
        ask("", "x", "0", "7", "maybe", "no", "7", "yes", "moon", "testnet", "n", "9", "file", ""));
    assertSaid("Please answer; ? explains.\n");
    assertSaid("No: farm ID 'x': a farm ID is a whole number from 1 to 4294967295;");
    assertSaid("No: 'maybe': is neither yes nor no;");
    assertSaid("No: network 'moon': there is no such grid network;");
    assertSaid("No: '9': is none of the answers;");
  }

  @Test
  void aSpecialNetwork() {
    plugged.add(List.of());
    assertEquals(
        List.of(
            "iso",
            "--farm-id",
            "7",
            "--interface",
            "net1",
            "--address",
            "192.0.2.9/24",
            "--gateway",
            "192.0.2.1",
            "--dns",
            "192.0.2.53",
            "--vlan",
            "302"),
        ask(
            "7",
            "",
            "",
            "yes",
            "5000",
            "302",
            "net1",
            "192.0.2.9",
            "192.0.2.9/24",
            "10.0.0.1",
            "",
            "302",
            "net1",
            "192.0.2.9/24",
            "192.0.2.1",
            "192.0.2.53",
            "",
            ""));
    assertSaid("is outside the node's network 192.0.2.9/24");
  }

  @Test
  void questionMarksExplain() {
    plugged.add(List.of());
    ask("?", "7", "?", "", "?", "", "?", "", "?", "", "");
    assertSaid("The dashboard shows it under Farms.");
    assertSaid("ThreeFold grids.");
    assertSaid("the router gives it an address (DHCP)");
    assertSaid("again looks for sticks again");
    for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
      assertTrue(line.length() < 200, line);
    }
  }

  @Test
  void aMountedStickIsUnmountedOnlyIfAsked() {
    Device mounted =
        stick("sdx", List.of(new Use(Use.Kind.MOUNT, "/media/me/STICK", "/dev/sdx1", true)));
    plugged.add(List.of(mounted));
    plugged.add(List.of(mounted));
    assertEquals(
        List.of("write", "--farm-id", "7", "--unmount", folder.resolve("by-id-sdx").toString()),
        ask("7", "", "", "", "1", "", "1", "yes"));
    assertSaid("It is mounted at /media/me/STICK (/dev/sdx1). Unmount it [no]: ");
  }

  @Test
  void aStickThatIsPluggedInMeanwhile() {
    plugged.add(List.of());
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals("write", ask("7", "", "", "", "again", "1").get(0));
  }

  @Test
  void aDeviceOfRootAlone() {
    plugged.add(List.of(missing()));
    assertEquals("iso", ask("7", "", "", "", "1", "file", "").get(0));
    assertSaid("may be written to by root alone; end this with Ctrl-C and start: sudo zboot");
  }

  @Test
  void controlDEndsItAnywhere() {
    String[] answers = {"4242", "", "", "yes", "302"};
    for (int i = 0; i <= answers.length; i++) {
      String[] some = Arrays.copyOf(answers, i);
      plugged.add(List.of());
      assertThrows(Dialogue.Ended.class, () -> ask(some), String.join(" ", some));
    }
  }

  @Test
  void itEndsWithTheOneLine() {
    List<List<String>> ran = new ArrayList<>();
    List<String> command = List.of("iso", "--farm-id", "7", "-o", "my node.iso");
    Interview done = interview("", ran, ExitCode.OK);
    assertEquals(0, done.run(command));
    assertEquals(List.of(command), ran);
    assertSaid("The same in one line:\n  zboot iso --farm-id 7 -o 'my node.iso'\n");
    said.reset();
    assertEquals(4, interview("", ran, ExitCode.REFUSED).run(List.of("write", "/dev/sdx")));
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  private List<String> ask(String... answers) {
    said.reset();
    String text = answers.length == 0 ? "" : String.join("\n", answers) + "\n";
    List<String> command = interview(text, new ArrayList<>(), ExitCode.OK).ask();
    return command;
  }

  private Interview interview(String answers, List<List<String>> ran, int exitCode) {
    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    Streams streams = new Streams(err, err, Paint.PLAIN, Paint.PLAIN);
    return new Interview(
        new Dialogue(new BufferedReader(new StringReader(answers)), streams),
        () -> plugged.size() > 1 ? plugged.remove() : plugged.element(),
        command -> {
          ran.add(command);
          return exitCode;
        });
  }

  private void assertSaid(String text) {
    String all = said.toString(StandardCharsets.UTF_8);
    assertTrue(all.contains(text), () -> "not said: " + text + "\n" + all);
  }

  private Device stick(String name, List<Use> uses) {
    try {
      Path path = folder.resolve(name);
      Files.writeString(path, "");
      return device(path, uses);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Device missing() {
    return device(folder.resolve("missing"), List.of());
  }

  private Device device(Path path, List<Use> uses) {
    return new Device(
        Device.Kind.DISK,
        path.toString(),
        path.getFileName() + "",
        path.getFileName() + "",
        List.of(folder.resolve("by-id-" + path.getFileName()).toString()),
        Bus.USB,
        new Product("Acme", "Stick", "4C53"),
        new Geometry(15_500_000_000L, 512, true, false, false),
        new Identity(path.toString(), ""),
        Contents.UNKNOWN,
        uses);
  }
}
