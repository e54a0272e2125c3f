package zeroboot.cli.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.Invocation;
import zeroboot.cli.output.FileTarget;
import zeroboot.ground.ZbootException;
import zeroboot.image.Forms;
import zeroboot.spec.Rack;
import zeroboot.usb.Device;
import zeroboot.usb.Use;

/** Whether a stick is written or a file, first of all; and which, last of all. */
final class PlaceQuestions {
  private static final String STICK = "stick";
  private static final String FILE = "file";
  private static final String AGAIN = "again";

  private final Dialogue dialogue;
  private final Surroundings here;
  private final Answers answers;
  private String medium;
  private @Nullable String file;
  private List<String> place = List.of();

  PlaceQuestions(Dialogue dialogue, Surroundings here, Answers answers) {
    this.dialogue = dialogue;
    this.here = here;
    this.answers = answers;
    medium = mayWrite(here.sticks().get()) ? STICK : FILE;
  }

  /** All questions in their order, these around those of the node. */
  List<Interview.Step> around(List<Interview.Step> node) {
    List<Interview.Step> steps = new ArrayList<>();
    steps.add(this::askMedium);
    steps.addAll(node);
    steps.add(this::askPlace);
    return steps;
  }

  /** What the answers come to. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(medium.equals(STICK) ? "write" : "iso");
    command.addAll(answers.options());
    command.addAll(place);
    return command;
  }

  /** Who has no rights to write a stick is told so before anything is asked. */
  private void askMedium() {
    String sudo = Invocation.asRoot(here.environment(), List.of());
    boolean isAllowed = mayWrite(here.sticks().get());
    if (!isAllowed) {
      dialogue.say("To write a stick, end this with Ctrl-C and start it as root:");
      dialogue.sayCommand("  " + sudo);
      dialogue.say("An image file can be made without.");
    }
    medium =
        dialogue.ask(
            new Dialogue.Question(
                "Write a stick, or make a file",
                isAllowed ? medium : FILE,
                "stick writes a USB stick or card that is plugged into this computer. file makes an"
                    + " image file, to be written with any program, burnt to a CD or given to a"
                    + " server's remote management."),
            answer -> {
              if (STICK.startsWith(answer) && !isAllowed) {
                throw ZbootException.settings(
                    answer, "only root may write to sticks", "answer file, or start " + sudo);
              }
              return oneOf(answer, List.of(STICK, FILE));
            });
  }

  private static String oneOf(String answer, List<String> words) {
    return words.stream()
        .filter(word -> word.startsWith(answer.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.settings(
                    "'" + answer + "'", "is not an answer", "type " + String.join(" or ", words)));
  }

  private boolean mayWrite(List<Device> sticks) {
    return here.isRoot()
        || sticks.stream().anyMatch(stick -> Files.isWritable(Path.of(stick.path())));
  }

  private void askPlace() {
    if (medium.equals(FILE)) {
      place = askFile();
      return;
    }
    while (true) {
      List<Device> found = here.sticks().get();
      String answer = askStick(found);
      if (answer.equals(AGAIN)) {
        continue;
      }
      Device stick = found.get(Integer.parseInt(answer) - 1);
      List<String> mounted = stick.uses().stream().map(Use::shown).toList();
      if (mounted.isEmpty() || isUnmounted(mounted)) {
        place = words(stick, !mounted.isEmpty());
        return;
      }
    }
  }

  private boolean isUnmounted(List<String> mounted) {
    return dialogue.isYes(
        "It is " + String.join(", ", mounted) + ". Unmount it",
        false,
        "The computer shows what is on the stick. Save and close what you have open there;"
            + " everything on it will be erased. no asks for a stick again.");
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
    String which =
        found.isEmpty() ? "" : found.size() == 1 ? "1, or " : "1 to " + found.size() + ", or ";
    return dialogue.ask(
        new Dialogue.Question(
            found.isEmpty() ? "Plug one in and press Enter" : "Which one: " + which + AGAIN,
            found.isEmpty() ? AGAIN : null,
            "Type the number in front of the stick. again looks for sticks again, after you have"
                + " plugged one in. Disks that this computer runs from are never listed. < goes"
                + " back; the first question offers a file instead of a stick."),
        answer -> checkedStick(answer, found));
  }

  private static String checkedStick(String answer, List<Device> found) {
    if (answer.equals(AGAIN)) {
      return answer;
    }
    boolean isNumber = answer.matches("\\d{1,3}");
    int number = isNumber ? Integer.parseInt(answer) : 0;
    if (number < 1 || number > found.size()) {
      throw ZbootException.settings(
          "'" + answer + "'", "is not one of them", "type a number of the list, or again");
    }
    return answer;
  }

  /** The same stick wherever it is plugged in the next time. */
  private static List<String> words(Device stick, boolean isMounted) {
    String name = stick.ids().isEmpty() ? stick.path() : stick.ids().get(0);
    return isMounted ? List.of("--unmount", name) : List.of(name);
  }

  private List<String> askFile() {
    String usual = Forms.ISO.fileName(Rack.of(answers.spec()));
    while (true) {
      String name =
          dialogue.ask(
              new Dialogue.Question(
                  "File",
                  file == null ? usual : file,
                  "Where to put the image, for CD drives, remote management and sticks, BIOS and"
                      + " UEFI. ~/"
                      + usual
                      + " is in your home folder."),
              answer -> checkedFile(answer, usual));
      boolean isThere = Files.exists(Path.of(name));
      if (!isThere || isReplaced(name)) {
        file = name;
        List<String> words = new ArrayList<>();
        if (!name.equals(usual)) {
          words.addAll(List.of("-o", name));
        }
        if (isThere) {
          words.add("--force");
        }
        return words;
      }
    }
  }

  private boolean isReplaced(String name) {
    return dialogue.isYes(
        name + " is there already. Replace it",
        false,
        "yes writes the new image in its place. no asks for another name.");
  }

  /** A folder stands for the usual file in it. */
  private String checkedFile(String answer, String usual) {
    String name = here.expanded(answer);
    if (Files.isDirectory(Path.of(name))) {
      name = Path.of(name).resolve(usual).toString();
    }
    FileTarget.of(name, true).check();
    return name;
  }
}
