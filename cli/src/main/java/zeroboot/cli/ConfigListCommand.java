package zeroboot.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import zeroboot.spec.Setting;

/** {@code zboot config list}: the table of settings, for people. */
@Command(
    name = "list",
    description = "Lists every setting: an option of the making commands, a key of a profile.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class)
final class ConfigListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintStream out = Zboot.of(spec).streams().out();
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
    return ExitCode.OK;
  }
}
