package zeroboot.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import zeroboot.cli.console.Session;
import zeroboot.cli.deploy.BmcCommand;
import zeroboot.cli.deploy.DeployCommand;
import zeroboot.cli.keys.KeysCommand;
import zeroboot.cli.keys.SignCommand;
import zeroboot.cli.look.CheckCommand;
import zeroboot.cli.look.InspectCommand;
import zeroboot.cli.look.TryCommand;
import zeroboot.cli.look.VerifyCommand;
import zeroboot.cli.make.BatchCommand;
import zeroboot.cli.make.EfiCommand;
import zeroboot.cli.make.IsoCommand;
import zeroboot.cli.make.LkrnCommand;
import zeroboot.cli.make.NetbootCommand;
import zeroboot.cli.make.ScriptCommand;
import zeroboot.cli.make.UsbCommand;
import zeroboot.cli.serve.ServeCommand;
import zeroboot.cli.serve.WatchCommand;
import zeroboot.cli.settings.ConfigCommand;
import zeroboot.cli.settings.CoreCommand;
import zeroboot.cli.shell.CompletionCommand;
import zeroboot.cli.shell.HelpCommand;
import zeroboot.cli.shell.ManCommand;
import zeroboot.cli.shell.SchemaCommand;
import zeroboot.cli.write.DevicesCommand;
import zeroboot.cli.write.WriteCommand;

/**
 * The commands under {@code zboot}, in the order of its help. A new one is a word here and a line
 * in {@link #type}; the build makes what runs of its annotations ({@link CommandSpecs}).
 *
 * <p>To build a command loads whatever its class names. Most runs need a single one, so only those
 * that the arguments name are built.
 */
enum Subcommand {
  ISO,
  USB,
  EFI,
  LKRN,
  SCRIPT,
  BATCH,
  NETBOOT,
  SERVE,
  WATCH,
  DEPLOY,
  BMC,
  INSPECT,
  TRY,
  CHECK,
  CORE,
  KEYS,
  SIGN,
  VERIFY,
  CONFIG,
  DEVICES,
  WRITE,
  SCHEMA,
  COMPLETION,
  MAN,
  HELP;

  /** The class is loaded here and not before. */
  Class<?> type() {
    return switch (this) {
      case ISO -> IsoCommand.class;
      case USB -> UsbCommand.class;
      case EFI -> EfiCommand.class;
      case LKRN -> LkrnCommand.class;
      case SCRIPT -> ScriptCommand.class;
      case BATCH -> BatchCommand.class;
      case NETBOOT -> NetbootCommand.class;
      case SERVE -> ServeCommand.class;
      case WATCH -> WatchCommand.class;
      case DEPLOY -> DeployCommand.class;
      case BMC -> BmcCommand.class;
      case INSPECT -> InspectCommand.class;
      case TRY -> TryCommand.class;
      case CHECK -> CheckCommand.class;
      case CORE -> CoreCommand.class;
      case KEYS -> KeysCommand.class;
      case SIGN -> SignCommand.class;
      case VERIFY -> VerifyCommand.class;
      case CONFIG -> ConfigCommand.class;
      case DEVICES -> DevicesCommand.class;
      case WRITE -> WriteCommand.class;
      case SCHEMA -> SchemaCommand.class;
      case COMPLETION -> CompletionCommand.class;
      case MAN -> ManCommand.class;
      case HELP -> HelpCommand.class;
    };
  }

  /** What the user types. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Adds every command, built: for those who go through the whole tree. */
  static void addAll(CommandLine root, CommandSpecs specs, Session session) {
    for (Subcommand each : values()) {
      root.addSubcommand(each.word(), specs.of(each, session));
    }
  }

  /**
   * Adds what these arguments can reach. A command can run only if an argument is its name; the
   * others are there by name and description, for the help and for the mending of typing errors.
   * They are of no use if the first argument is a command already.
   */
  static void addNeeded(
      CommandLine root, CommandSpecs specs, Session session, String... arguments) {
    List<String> words = Arrays.asList(arguments);
    for (Subcommand each : values()) {
      if (words.contains(each.word())) {
        root.addSubcommand(each.word(), specs.of(each, session));
      } else if (!startsWithCommand(words)) {
        root.addSubcommand(each.word(), specs.named(each));
      }
    }
  }

  private static boolean startsWithCommand(List<String> words) {
    return !words.isEmpty()
        && Stream.of(values()).anyMatch(each -> each.word().equals(words.get(0)));
  }
}
