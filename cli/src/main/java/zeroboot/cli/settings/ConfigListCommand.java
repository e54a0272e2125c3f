package zeroboot.cli.settings;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.image.SettingsTable;
import zeroboot.profile.KernelProof;
import zeroboot.spec.Setting;

/** {@code zboot config list}: the table of settings, for people. */
@Command(
    addMethodSubcommands = false,
    name = "list",
    description = "Lists every setting: an option of the making commands, a key of a profile.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot config list | grep vlan"})
final class ConfigListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the list as JSON.")
  boolean json;

  private final Session session;

  ConfigListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PrintStream out = session.streams().out();
    if (json) {
      Json.print(out, SettingsTable::write);
      return ExitCode.OK;
    }
    for (Setting.Group group : Setting.Group.values()) {
      out.println(group.title());
      for (Setting setting : Setting.values()) {
        if (setting.group() == group) {
          out.println(("  " + setting.option() + " " + setting.placeholder()).stripTrailing());
          out.println("      " + setting.description());
          setting.otherwise().ifPresent(value -> out.println("      Default: " + value + "."));
        }
      }
      out.println();
    }
    out.println("In a profile the same names stand without --, as in");
    out.println("  farm-id: 4242");
    out.println("  dns: [192.0.2.53, 192.0.2.54]");
    out.println("  missing-ssd: true");
    out.println();
    out.println(
        "A profile alone has besides: nodes, with name and mac of each; bmc, for zboot deploy;");
    out.println(String.join(", ", KernelProof.KEYS) + ", for zboot serve --mirror.");
    return ExitCode.OK;
  }
}
