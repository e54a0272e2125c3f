package zeroboot.cli.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.output.FileTarget;
import zeroboot.ground.ZbootException;
import zeroboot.image.Forms;
import zeroboot.script.LargeDigits;
import zeroboot.spec.BootSpec;
import zeroboot.spec.GridNetwork;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.usb.Device;
import zeroboot.usb.Use;

/**
 * {@code zboot} without a command, at a terminal: asks what a farmer has to answer, makes a command
 * line of it, and runs that like any other. The device's own question is asked by it, too.
 */
final class Interview {
  private static final String NONE = "none";
  private static final String FILE = "file";
  private static final String AGAIN = "again";

  private final Dialogue dialogue;
  private final Supplier<List<Device>> sticks;
  private final ToIntFunction<List<String>> runner;
  private final Map<Setting, String> answers = new EnumMap<>(Setting.class);

  /**
   * A guide that has asked nothing yet.
   *
   * @param sticks those that zboot would write to, mounted or not; asked for anew each time
   * @param runner runs a command line and tells its exit code
   */
  Interview(Dialogue dialogue, Supplier<List<Device>> sticks, ToIntFunction<List<String>> runner) {
    this.dialogue = dialogue;
    this.sticks = sticks;
    this.runner = runner;
  }

  /**
   * Asks everything. Nothing is written before the command that is returned runs.
   *
   * @throws Dialogue.Ended if who was asked has left
   */
  List<String> ask() {
    dialogue.say("Makes the boot medium that turns a PC into a Zero-OS node.");
    dialogue.say("Enter takes what stands in [brackets], ? explains, Ctrl-C ends it.");
    dialogue.say("");
    askFarm();
    askSetting(
        Setting.NETWORK,
        "Farms belong to one of the four ThreeFold grids. Real farms that earn are on main.");
    askNetwork();
    return askPlace();
  }

  /** Runs what was asked for, and tells how to say it in one line. */
  int run(List<String> command) {
    int exitCode = runner.applyAsInt(command);
    if (exitCode == ExitCode.OK) {
      String sudo = command.get(0).equals("write") ? "sudo " : "";
      dialogue.say("");
      dialogue.say("The same in one line:");
      dialogue.say(
          "  "
              + sudo
              + "zboot "
              + command.stream().map(Interview::quoted).collect(Collectors.joining(" ")));
    }
    return exitCode;
  }

  private void askFarm() {
    boolean isRight = false;
    while (!isRight) {
      askSetting(
          Setting.FARM_ID,
          "The number of your farm. The dashboard shows it under Farms. Nodes with a wrong one join"
              + " somebody else's farm.");
      String farm = answers.getOrDefault(Setting.FARM_ID, "");
      dialogue.say("");
      LargeDigits.plainRows(farm).forEach(dialogue::say);
      dialogue.say("");
      isRight =
          dialogue.isYes(
              "Is " + farm + " your farm",
              true,
              "The node's screen shows the number in the same large digits.");
    }
  }

  /** Only where DHCP on the untagged network will not do. */
  private void askNetwork() {
    boolean isSpecial =
        dialogue.isYes(
            "Does the node need a VLAN, a fixed address or a certain network card",
            false,
            "In most networks it does not: the router gives it an address (DHCP). A fixed address"
                + " is for fetching the kernel; Zero-OS itself asks for one again.");
    boolean isWhole = !isSpecial;
    while (!isWhole) {
      askOptional(Setting.VLAN);
      askSetting(Setting.INTERFACE);
      askSetting(Setting.ADDRESS);
      if (!answers.getOrDefault(Setting.ADDRESS, "dhcp").equals("dhcp")) {
        askOptional(Setting.GATEWAY);
        askOptional(Setting.DNS);
      }
      try {
        spec();
        isWhole = true;
      } catch (ZbootException e) {
        dialogue.say("No: " + e.getMessage());
        List.of(Setting.GATEWAY, Setting.DNS).forEach(answers::remove);
      }
    }
  }

  private BootSpec spec() {
    Settings settings = Settings.NONE;
    for (Map.Entry<Setting, String> answer : answers.entrySet()) {
      settings = settings.with(answer.getKey(), answer.getValue());
    }
    return BootSpec.of(settings);
  }

  private void askSetting(Setting setting) {
    askSetting(setting, setting.description());
  }

  /** What says no more than the default is not worth a word on the command line. */
  private void askSetting(Setting setting, String help) {
    String otherwise = setting.otherwise().orElse(null);
    String answer =
        dialogue.ask(
            new Dialogue.Question(question(setting), otherwise, help), setting.type().canonical());
    keep(setting, answer, otherwise == null ? "" : otherwise);
  }

  private static String question(Setting setting) {
    return setting.question().orElseThrow(() -> new IllegalStateException(setting.key()));
  }

  private void askOptional(Setting setting) {
    String answer =
        dialogue.ask(
            new Dialogue.Question(question(setting), NONE, setting.description()),
            word -> word.equals(NONE) ? word : setting.type().canonical().apply(word));
    keep(setting, answer, NONE);
  }

  private void keep(Setting setting, String answer, String otherwise) {
    if (answer.equals(otherwise)) {
      answers.remove(setting);
    } else {
      answers.put(setting, answer);
    }
  }

  /** Asks for a stick or a file, and makes the command line. */
  private List<String> askPlace() {
    while (true) {
      List<Device> found = sticks.get();
      String answer = askStick(found);
      if (answer.equals(FILE)) {
        return askFile();
      }
      if (!answer.equals(AGAIN)) {
        Device stick = found.get(Integer.parseInt(answer) - 1);
        List<String> mounted = stick.uses().stream().map(Use::shown).toList();
        boolean isFree =
            mounted.isEmpty()
                || dialogue.isYes(
                    "It is " + String.join(", ", mounted) + ". Unmount it",
                    false,
                    "The computer shows what is on the stick. Save and close what you have open"
                        + " there; everything on it will be erased.");
        if (isFree) {
          return writeCommand(stick, !mounted.isEmpty());
        }
      }
    }
  }

  private String askStick(List<Device> found) {
    dialogue.say("");
    if (found.isEmpty()) {
      dialogue.say("No stick or card is plugged in that zboot would write to.");
    } else {
      dialogue.say("Sticks and cards. Everything on the chosen one will be erased:");
    }
    for (int i = 0; i < found.size(); i++) {
      Device device = found.get(i);
      dialogue.say("  " + (i + 1) + "  " + device.shown());
      if (device.contents().isReadable()) {
        dialogue.say("     holds " + device.contents().shown());
      }
    }
    String which = found.isEmpty() ? "" : found.size() == 1 ? "1, " : "1 to " + found.size() + ", ";
    return dialogue.ask(
        new Dialogue.Question(
            "Write to which: " + which + "file, again",
            FILE,
            "file makes an image file, to be written with any program, burnt to a CD or given to a"
                + " server's remote management. again looks for sticks again, after you have"
                + " plugged one in. Disks that this computer runs from are never offered."),
        answer -> checkedStick(answer, found));
  }

  private static String checkedStick(String answer, List<Device> found) {
    if (answer.equals(FILE) || answer.equals(AGAIN)) {
      return answer;
    }
    boolean isNumber = answer.matches("\\d{1,3}");
    int number = isNumber ? Integer.parseInt(answer) : 0;
    if (number < 1 || number > found.size()) {
      throw ZbootException.settings(
          "'" + answer + "'", "is none of the answers", "type a number of the list, file or again");
    }
    Device device = found.get(number - 1);
    if (!Files.isWritable(Path.of(device.path()))) {
      throw ZbootException.settings(
          device.path(),
          "may be written to by root alone",
          "end this with Ctrl-C and start: sudo zboot");
    }
    return answer;
  }

  private List<String> writeCommand(Device stick, boolean isMounted) {
    List<String> command = new ArrayList<>(List.of("write"));
    addSettings(command);
    if (isMounted) {
      command.add("--unmount");
    }
    // The same stick wherever it is plugged in the next time.
    command.add(stick.ids().isEmpty() ? stick.path() : stick.ids().get(0));
    return command;
  }

  private List<String> askFile() {
    String usual = Forms.ISO.fileName(Rack.of(spec()));
    String file =
        dialogue.ask(
            new Dialogue.Question(
                "File",
                usual,
                "The image for CD drives, remote management and sticks, BIOS and UEFI."),
            answer -> {
              FileTarget.of(answer, false).check();
              return answer;
            });
    List<String> command = new ArrayList<>(List.of("iso"));
    addSettings(command);
    if (!file.equals(usual)) {
      command.addAll(List.of("-o", file));
    }
    return command;
  }

  private void addSettings(List<String> command) {
    answers.forEach(
        (setting, answer) -> {
          boolean isMain = setting == Setting.NETWORK && answer.equals(GridNetwork.MAIN.shown());
          if (!isMain) {
            command.addAll(List.of(setting.option(), answer));
          }
        });
  }

  /** As a POSIX shell takes it for one word. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9/._:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
