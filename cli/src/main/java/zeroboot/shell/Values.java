package zeroboot.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What can stand for the value of an option or an argument. It is read off the label that {@code
 * --help} shows, and off the words that the model lists.
 *
 * @param label as shown: {@code FILE}, {@code NAME}
 * @param words that can be typed as they are
 * @param kinds of things that the machine knows
 * @param isList several, with commas between them
 */
public record Values(String label, List<String> words, Set<Kind> kinds, boolean isList) {
  /** Things that only the machine knows. */
  public enum Kind {
    /** Files, and folders on the way to them. */
    FILE,
    /** Folders. */
    DIR,
    /** Disks that zboot would write to, by path and by id. */
    DEVICE,
    /** What names a disk in {@code --yes-erase}. */
    SERIAL,
    /** Versions of iPXE. */
    CORE,
    /** Nodes of the profile that the command line names. */
    NODE;

    /** What {@code zboot completion} lists them by. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Values of(ArgSpec argument, String label) {
    List<String> words = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(words::add);
    }
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (words.isEmpty()) {
      Arrays.stream(label.split("\\|", -1)).forEach(part -> add(kinds, part));
    }
    return new Values(
        label, List.copyOf(words), Set.copyOf(kinds), !argument.splitRegex().isEmpty());
  }

  private static void add(Set<Kind> kinds, String part) {
    switch (part) {
      case "FILE", "FILE.yaml", "FILE.deb", "KEY", "CERT" -> kinds.add(Kind.FILE);
      case "IMAGE" -> kinds.addAll(EnumSet.of(Kind.FILE, Kind.DEVICE));
      case "DIR" -> kinds.add(Kind.DIR);
      case "DEVICE" -> kinds.add(Kind.DEVICE);
      case "SERIAL" -> kinds.add(Kind.SERIAL);
      case "CORE" -> kinds.addAll(EnumSet.of(Kind.CORE, Kind.FILE));
      case "NODE" -> kinds.add(Kind.NODE);
      default -> {
        // A number, a URL, a name: nobody but the user knows it.
      }
    }
  }

  /** Whether it is of this kind, among others. */
  boolean has(Kind kind) {
    return kinds.contains(kind);
  }

  /** The kinds that {@code zboot completion} has to be asked for. */
  List<Kind> listed() {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.FILE && kind != Kind.DIR && kinds.contains(kind))
        .toList();
  }
}
