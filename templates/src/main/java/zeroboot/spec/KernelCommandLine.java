package zeroboot.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;

/**
 * What Zero-OS is told when it starts.
 *
 * @param arguments in the order in which they will stand
 */
public record KernelCommandLine(List<KernelArgument> arguments) {
  /** COMMAND_LINE_SIZE of Linux on x86 is 2048 with the closing zero (asm/setup.h). */
  private static final int MAX_LENGTH = 2047;

  /** What every line begins with; the other settings follow the defaults. */
  private static final List<Setting> FIRST =
      List.of(Setting.FARM_ID, Setting.NETWORK, Setting.ZOS_VERSION);

  /** Linux and Zero-OS read these as lists. */
  private static final Set<String> REPEATABLE =
      Set.of("console", "earlyprintk", "substrate", "relay", "activation");

  /** Zero-OS's own bootstrap gives these to every node; a user's word of the same key wins. */
  static final List<KernelArgument> DEFAULTS =
      List.of(new KernelArgument("nomodeset"), new KernelArgument("panic=7200"));

  /** Refuses a key given twice and a line that Linux would cut. */
  public KernelCommandLine {
    arguments = List.copyOf(arguments);
    Set<String> seen = new HashSet<>();
    for (KernelArgument argument : arguments) {
      if (!seen.add(folded(argument.key())) && !REPEATABLE.contains(argument.key())) {
        throw givenTwice(argument);
      }
    }
    int length = text(arguments).length();
    if (length > MAX_LENGTH) {
      throw ZbootException.settings(
          "kernel command line",
          "has " + length + " characters, Linux reads " + MAX_LENGTH,
          "give fewer or shorter kernel arguments");
    }
  }

  private static ZbootException givenTwice(KernelArgument argument) {
    return ZbootException.settings(
        "kernel argument '" + argument + "'",
        "the key '"
            + argument.key()
            + "' is given twice, and the node's readers disagree on which counts",
        "give it once");
  }

  /** The line for a node with a farm ID, with the user's own words at the end. */
  static KernelCommandLine of(Settings settings) {
    List<KernelArgument> own = usersOwn(settings);
    Set<String> ownKeys = own.stream().map(KernelArgument::key).collect(Collectors.toSet());
    List<KernelArgument> all = new ArrayList<>();
    FIRST.forEach(setting -> all.addAll(words(setting, settings)));
    if (!settings.isSet(Setting.NO_DEFAULT_ARGS)) {
      DEFAULTS.stream().filter(word -> !ownKeys.contains(word.key())).forEach(all::add);
    }
    Arrays.stream(Setting.values())
        .filter(setting -> !FIRST.contains(setting))
        .forEach(setting -> all.addAll(words(setting, settings)));
    all.addAll(own);
    return new KernelCommandLine(all);
  }

  /**
   * The words that a user typed, who may not give what a setting gives: the node would take the one
   * or the other.
   *
   * @throws ZbootException (settings) if one does
   */
  static List<KernelArgument> usersOwn(Settings settings) {
    List<KernelArgument> own = settings.all(Setting.KERNEL_ARG, KernelArgument.class);
    for (KernelArgument argument : own) {
      settingLike(argument.key())
          .ifPresent(
              setting -> {
                throw ZbootException.settings(
                    "kernel argument '" + argument.word() + "'",
                    "zboot sets '" + keyOf(setting) + "' itself",
                    "use " + setting.option() + " instead");
              });
    }
    return own;
  }

  /**
   * The settings that make this line: the way back from {@link #of}. The farm ID and the network
   * are among them.
   *
   * @throws ZbootException (settings) if a word is not acceptable
   */
  public static Settings settingsOf(String line, String origin) {
    Map<Setting, List<String>> found = new EnumMap<>(Setting.class);
    List<String> rest = new ArrayList<>();
    List<String> defaults = new ArrayList<>();
    for (String word : words(line)) {
      KernelArgument argument = new KernelArgument(word);
      Optional<Setting> setting = settingOf(argument.key());
      if (setting.isPresent()) {
        found.computeIfAbsent(setting.get(), s -> new ArrayList<>()).add(KernelWord.read(argument));
      } else if (DEFAULTS.contains(argument) && rest.isEmpty() && !hasOwnKeys(found)) {
        defaults.add(word);
      } else {
        rest.add(word);
      }
    }
    if (!hasDefaults(defaults, rest)) {
      found.put(Setting.NO_DEFAULT_ARGS, List.of("true"));
      rest.addAll(0, defaults);
    }
    if (!rest.isEmpty()) {
      found.put(Setting.KERNEL_ARG, rest);
    }
    Settings settings = Settings.NONE;
    for (Map.Entry<Setting, List<String>> entry : found.entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue(), origin);
    }
    return settings;
  }

  /**
   * The settings that words ask for which somebody wants added to the line: a word with the key of
   * a setting is that setting, any other is the user's own.
   *
   * @param words with blanks between them; more than one blank is one
   * @throws ZbootException (settings) if a word is not acceptable
   */
  public static Settings asked(String words) {
    Map<Setting, List<String>> found = new EnumMap<>(Setting.class);
    for (String word : words(words)) {
      if (word.isEmpty()) {
        continue;
      }
      KernelArgument argument = new KernelArgument(word);
      Optional<Setting> setting =
          settingOf(argument.key()).filter(known -> mayBeAsked(known, argument));
      List<String> values =
          found.computeIfAbsent(setting.orElse(Setting.KERNEL_ARG), s -> new ArrayList<>());
      values.add(setting.isPresent() ? KernelWord.read(argument) : word);
      if (setting.isPresent() && values.size() > 1 && !setting.get().isRepeatable()) {
        throw givenTwice(argument);
      }
    }
    Settings settings = Settings.NONE;
    for (Map.Entry<Setting, List<String>> entry : found.entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue(), entry.getKey().option());
    }
    return settings;
  }

  /** Whose node it is has its own place; and a key without a value is a flag or nothing. */
  private static boolean mayBeAsked(Setting setting, KernelArgument argument) {
    return setting != Setting.FARM_ID
        && setting != Setting.NETWORK
        && (argument.word().contains("=") || setting.type().shape() == SettingType.Shape.FLAG);
  }

  private static boolean hasOwnKeys(Map<Setting, List<String>> found) {
    return found.keySet().stream().anyMatch(setting -> !FIRST.contains(setting));
  }

  /** Whether every default is there, in its place or in the user's own words. */
  private static boolean hasDefaults(List<String> defaults, List<String> rest) {
    Set<String> keys =
        Stream.concat(defaults.stream(), rest.stream())
            .map(word -> new KernelArgument(word).key())
            .collect(Collectors.toSet());
    return DEFAULTS.stream().allMatch(word -> keys.contains(word.key()));
  }

  /** Splits at spaces outside double quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    boolean isOpen = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      if (c == '"') {
        isOpen = !isOpen;
      } else if (c == ' ' && (!isOpen || i == line.length())) {
        words.add(line.substring(start, i));
        start = i + 1;
      }
    }
    return words;
  }

  /** The setting that writes this key of the command line, if one does. */
  static Optional<Setting> settingOf(String key) {
    return Arrays.stream(Setting.values())
        .filter(setting -> Place.of(setting).word().filter(w -> w.key().equals(key)).isPresent())
        .findFirst();
  }

  /**
   * The same for what Linux reads as that key: to it dashes and underscores are one
   * (kernel/params.c, parameq). Who writes {@code farmer-id} means the setting, too, which Zero-OS
   * would not find.
   */
  private static Optional<Setting> settingLike(String key) {
    return Arrays.stream(Setting.values())
        .filter(setting -> Place.of(setting).word().isPresent())
        .filter(setting -> folded(keyOf(setting)).equals(folded(key)))
        .findFirst();
  }

  private static String keyOf(Setting setting) {
    return Place.of(setting).word().orElseThrow().key();
  }

  private static String folded(String key) {
    return key.replace('-', '_');
  }

  private static List<KernelArgument> words(Setting setting, Settings settings) {
    return Place.of(setting).word().map(word -> word.write(setting, settings)).orElse(List.of());
  }

  /** The line, words joined by single spaces. */
  public String text() {
    return text(arguments);
  }

  private static String text(List<KernelArgument> arguments) {
    return arguments.stream().map(KernelArgument::word).collect(Collectors.joining(" "));
  }
}
