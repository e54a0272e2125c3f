package zeroboot.shell;

import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/** What a command looks at besides its arguments. */
enum Surrounding {
  PASSWORD(
      "ZBOOT_KEY_PASSWORD",
      "The password of keys, where no --password-file is given. Without both it is asked for at the"
          + " terminal.",
      spec -> spec.findOption("--password-file") != null),
  DATA(
      "XDG_DATA_HOME",
      "The folder of the user's data. Default: ~/.local/share.",
      Surrounding::usesCores),
  NO_COLOR("NO_COLOR", "If set and not empty, nothing is coloured.", spec -> true),
  CLICOLOR_FORCE(
      "CLICOLOR_FORCE",
      "If set and not 0, text is coloured even where no terminal shows it; NO_COLOR wins.",
      spec -> true),
  COLUMNS("COLUMNS", "The width of the terminal, where it cannot tell it itself.", spec -> true),
  CORES(
      "~/.local/share/zboot/cores",
      "The iPXE builds that zboot core import keeps.",
      Surrounding::usesCores);

  private final String shown;
  private final String meaning;

  // A method reference, but the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<CommandSpec> matters;

  Surrounding(String shown, String meaning, Predicate<CommandSpec> matters) {
    this.shown = shown;
    this.meaning = meaning;
    this.matters = matters;
  }

  private static boolean usesCores(CommandSpec spec) {
    return spec.findOption("--core") != null || spec.qualifiedName().startsWith("zboot core");
  }

  boolean matters(CommandSpec spec) {
    return matters.test(spec);
  }

  boolean isFile() {
    return this == CORES;
  }

  String shown() {
    return shown;
  }

  String meaning() {
    return meaning;
  }
}
