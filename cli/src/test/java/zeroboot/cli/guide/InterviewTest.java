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
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Streams;
import zeroboot.spec.Ipv4Address;
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
  private boolean isRoot = true;

  @Test
  void theUsualFarmer() {
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals(
        List.of("write", "--farm-id", "4242", folder.resolve("by-id-sdx").toString()),
        ask("", "4242", "", "", "", "1"));
    assertSaid("  #   #  #####  #   #  #####\n");
    assertSaid("Is 4242 your farm [yes]: ");
    assertSaid("  1  " + folder.resolve("sdx") + ", 15.5 GB USB Acme Stick, serial 4C53\n");
  }

  @Test
  void aFileIsAsked() {
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals(List.of("iso", "--farm-id", "7"), ask("file", "7", "", "", "", ""));
    assertSaid("File [zboot-farm7-main.iso]: ");
  }

  @Test
  void aFileElsewhere() throws IOException {
    plugged.add(List.of());
    Path there = Files.writeString(folder.resolve("there.iso"), "mine");
    Path fresh = folder.resolve("my node.iso");
    List<String> command = ask("file", "7", "", "", "", there.toString(), "no", fresh.toString());
    assertEquals(List.of("iso", "--farm-id", "7", "-o", fresh.toString()), command);
    assertSaid(there + " is there already. Replace it [no]: ");
    assertEquals("mine", Files.readString(there));
    assertEquals(
        List.of("iso", "--farm-id", "7", "-o", there.toString(), "--force"),
        ask("file", "7", "", "", "", there.toString(), "yes"));
  }

  @Test
  void aFileAtHomeOrInAFolder() throws IOException {
    plugged.add(List.of());
    Path images = Files.createDirectory(folder.resolve("images"));
    assertEquals("" + folder.resolve("x.iso"), last(ask("file", "7", "", "", "", "~/x.iso")));
    assertEquals(
        "" + images.resolve("zboot-farm7-main.iso"),
        last(ask("file", "7", "", "", "", "~/images")));
    assertEquals(
        "" + images.resolve("zboot-farm7-main.iso"),
        last(ask("file", "7", "", "", "", images + "/")));
    assertEquals(
        "" + images.resolve("x"), last(ask("file", "7", "", "", "", "~/none/x", images + "/x")));
    assertSaid("none is not there; make it first");
  }

  @Test
  void everyAnswerIsCheckedAtOnce() {
    plugged.add(List.of());
    assertEquals(
        List.of("iso", "--farm-id", "7", "--network", "test"),
        ask(
            "disk", "FILE", "", "x", "0", "7", "maybe", "no", "7", "yes", "moon", "testnet", "n",
            ""));
    assertSaid("No: 'disk': is not an answer; type stick or file\n");
    assertSaid("Please answer; ? explains.\n");
    assertSaid("No: farm ID 'x': a farm ID is a whole number from 1 to 4294967295;");
    assertSaid("No: 'maybe': is neither yes nor no;");
    assertSaid("No: network 'moon': there is no such grid network;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4242", "4,242", "4.242", "4 242", "4'242", "#4242", "4\u00a0242", "4\u2019242"})
  void aNumberAsPeopleWriteIt(String number) {
    plugged.add(List.of());
    assertEquals(List.of("iso", "--farm-id", "4242"), ask("file", number, "", "", "", ""));
    assertSaid("Is 4242 your farm [yes]: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"42,42", "4,2424", "4.2", "42 42", "4242.0", "four", "-4242", "1,000,0"})
  void aNumberThatNobodyWritesSo(String number) {
    plugged.add(List.of());
    assertEquals(List.of("iso", "--farm-id", "7"), ask("file", number, "7", "", "", "", ""));
    assertSaid("No: farm ID '" + number + "': ");
  }

  @Test
  void aStickThatIsNotInTheList() {
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals("write", ask("stick", "7", "", "", "", "9", "sdx", "0", "", "1").get(0));
    assertSaid("No: '9': is not one of them; type a number of the list, or again");
    assertSaid("No: 'sdx': is not one of them;");
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
            "192.0.2.7",
            "--dns",
            "192.0.2.53",
            "--dns",
            "198.51.100.1",
            "--vlan",
            "302"),
        ask(
            "file",
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
            "192.0.2.9",
            "192.0.2.7",
            "192.0.2.53 198.51.100.1",
            ""));
    assertSaid("is outside the node's network 192.0.2.9/24");
    assertSaid("is the node's own address; give the router's address");
  }

  /** What Enter gives works: a router that the address reaches, and names by it. */
  @Test
  void aFixedAddressHasARouterAndNames() {
    plugged.add(List.of());
    for (String[] each :
        new String[][] {
          {"192.0.2.9/24", "192.0.2.254"}, // this computer's own
          {"198.51.100.9/24", "198.51.100.1"},
          {"198.51.100.1/24", "198.51.100.2"},
          {"198.51.100.77/28", "198.51.100.65"}
        }) {
      List<String> command = ask("file", "7", "", "", "yes", "", "", each[0], "", "", "");
      assertEquals(
          List.of("--address", each[0], "--gateway", each[1], "--dns", each[1]),
          command.subList(3, command.size()),
          each[0]);
    }
  }

  /** Back over every question and forward again, with Enter alone. */
  @Test
  void backToTheFirstAndForward() {
    plugged.add(List.of());
    List<String> answers =
        List.of(
            "file",
            "7",
            "",
            "test",
            "yes",
            "302",
            "net1",
            "192.0.2.9/24",
            "",
            "192.0.2.53",
            "x.iso");
    List<String> straight = ask(answers.toArray(String[]::new));
    for (int at = 1; at < answers.size(); at++) {
      for (String back : List.of("<", "back", "BACK")) {
        List<String> typed = new ArrayList<>(answers.subList(0, at));
        for (int i = 0; i < at; i++) {
          typed.add(back);
        }
        typed.add("<"); // there is none before
        for (int i = 0; i < at; i++) {
          typed.add(List.of("", ">", "forward").get(i % 3));
        }
        typed.addAll(answers.subList(at, answers.size()));
        assertEquals(straight, ask(typed.toArray(String[]::new)), typed.toString());
        assertSaid("This is the first question.\n");
      }
    }
  }

  @Test
  void anotherNetworkAfterGoingBack() {
    plugged.add(List.of());
    assertEquals(
        List.of("iso", "--farm-id", "7"),
        ask("file", "7", "", "", "yes", "302", "", "192.0.2.9/24", "<", "<", "<", "<", "no", ""));
    assertEquals(
        "198.51.100.1",
        last(
            ask(
                "file",
                "7",
                "",
                "",
                "yes",
                "",
                "",
                "192.0.2.9/24",
                "",
                "<",
                "<",
                "198.51.100.9/24",
                "",
                "",
                "")));
  }

  /** A command that failed: the last question again, and whatever was answered is there. */
  @Test
  void answersAreKeptAfterAnError() {
    plugged.add(List.of());
    String answers = "file\n7\n\ntest\n\nx.iso\n\n<\n<\nmain\n\n\n";
    List<List<String>> ran = new ArrayList<>();
    Interview guide = interview(answers, ran, ExitCode.IO);
    List<String> first = guide.ask();
    assertEquals(List.of("iso", "--farm-id", "7", "--network", "test", "-o", "x.iso"), first);
    assertEquals(ExitCode.IO, guide.run(first));
    assertEquals(first, guide.askAgain());
    assertSaid("Your answers are kept");
    assertEquals(List.of("iso", "--farm-id", "7", "-o", "x.iso"), guide.askAgain());
  }

  @Test
  void questionMarksExplain() {
    plugged.add(List.of(stick("sdx", List.of())));
    ask(
        "?",
        "stick",
        "?",
        "7",
        "?",
        "",
        "?",
        "",
        "?",
        "yes",
        "?",
        "302",
        "?",
        "",
        "?",
        "192.0.2.9/24",
        "?",
        "",
        "?",
        "",
        "?",
        "1");
    for (String text :
        List.of(
            "stick writes a USB stick",
            "The dashboard shows it under Farms",
            "in the same large digits",
            "ThreeFold grids",
            "the router gives them an address (DHCP)",
            "none where you never heard of VLANs",
            "auto tries every card",
            "/24 stands for the mask 255.255.255.0",
            "The router's address",
            "Who tells the node the addresses behind names",
            "again looks for sticks again")) {
      assertSaid(text);
    }
    ask("file", "7", "", "", "", "?", "");
    assertSaid("is in your home folder");
  }

  @Test
  void aMountedStickIsUnmountedOnlyIfAsked() {
    Device mounted =
        stick("sdx", List.of(new Use(Use.Kind.MOUNT, "/media/me/STICK", "/dev/sdx1", true)));
    plugged.add(List.of(mounted));
    plugged.add(List.of(mounted));
    assertEquals(
        List.of("write", "--farm-id", "7", "--unmount", folder.resolve("by-id-sdx").toString()),
        ask("stick", "7", "", "", "", "1", "", "1", "?", "yes"));
    assertSaid("It is mounted at /media/me/STICK (/dev/sdx1). Unmount it [no]: ");
    assertSaid("Save and close what you have open there");
  }

  @Test
  void aStickThatIsPluggedInMeanwhile() {
    plugged.add(List.of());
    plugged.add(List.of());
    plugged.add(List.of());
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals("write", ask("stick", "7", "", "", "", "", "again", "1").get(0));
    assertSaid("Plug one in and press Enter [again]: ");
  }

  /** Before anything else is asked. */
  @Test
  void withoutTheRightsOfRoot() {
    isRoot = false;
    plugged.add(List.of(missing()));
    assertEquals("iso", ask("stick", "", "7", "", "", "", "").get(0));
    String all = said.toString(StandardCharsets.UTF_8);
    assertSaid("To write a stick, end this with Ctrl-C and start it as root:\n  ");
    assertSaid("only root may write to sticks; answer file, or start ");
    assertTrue(all.indexOf("start it as root") < all.indexOf("Farm ID"), all);
    plugged.clear();
    plugged.add(List.of(stick("sdx", List.of())));
    assertEquals("write", ask("", "7", "", "", "", "1").get(0));
  }

  @Test
  void controlDEndsItAnywhere() {
    String[] answers = {"file", "4242", "", "", "yes", "302", "", "192.0.2.9/24", "", ""};
    for (int i = 0; i <= answers.length; i++) {
      String[] some = Arrays.copyOf(answers, i);
      plugged.add(List.of());
      assertThrows(Dialogue.Ended.class, () -> ask(some), String.join(" ", some));
    }
  }

  @Test
  void itEndsWithTheOneLine() {
    plugged.add(List.of());
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

  @Test
  void theRouterOfThisComputer() throws IOException {
    Path routes = folder.resolve("route");
    Files.writeString(
        routes,
        """
        Iface\tDestination\tGateway \tFlags
        lo\t0000007F\t00000000\t1
        eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000
        """);
    assertEquals("192.0.2.1", Surroundings.defaultGateway(routes).orElseThrow().toString());
    Files.writeString(routes, "Iface\tDestination\tGateway\ntun0\t00000000\t00000000\t1\n");
    assertTrue(Surroundings.defaultGateway(routes).isEmpty());
    assertTrue(Surroundings.defaultGateway(folder.resolve("none")).isEmpty());
  }

  private static String last(List<String> words) {
    return words.get(words.size() - 1);
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
        new Surroundings(
            () -> plugged.size() > 1 ? plugged.remove() : plugged.element(),
            isRoot,
            folder,
            Optional.of(Ipv4Address.parse("gateway", "192.0.2.254")),
            Map.of()),
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
