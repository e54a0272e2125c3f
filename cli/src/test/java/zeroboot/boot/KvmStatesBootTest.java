package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.cli.ZbootProcess;
import zeroboot.testing.ForeignTool;

/** {@code zboot try} and the states that {@code /dev/kvm} can be in, with QEMU itself. */
@Tag("boot")
class KvmStatesBootTest {
  @TempDir private Path folder;

  /** Whatever this computer's own is, an image boots. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          broken   |tcg|KVM does not work on this computer (QEMU says: .*)
          own      |kvm or tcg|.*
          """)
  void bootsWithWhatWorks(String state, String accelerators, String why) {
    boots(state, accelerators, why);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing  |tcg|there is no /dev/kvm
          forbidden|tcg|you may not open /dev/kvm
          pretended|kvm|
          """)
  void bootsInFurtherStates(String state, String accelerators, String why) {
    boots(state, accelerators, why);
  }

  private void boots(String state, String accelerators, String why) {
    ForeignTool.Result run = tryImage(state, "auto");
    JsonObject trial =
        JsonParser.parseString(run.ok().substring(run.output().indexOf("\n{")))
            .getAsJsonObject()
            .getAsJsonArray("trials")
            .get(0)
            .getAsJsonObject();
    String accelerator = trial.get("accelerator").getAsString();
    assertTrue(List.of(accelerators.split(" or ", 0)).contains(accelerator), run.output());
    if (accelerator.equals("tcg")) {
      String reason = trial.get("whyNotKvm").getAsString();
      assertTrue(reason.matches(why.replace("(", "\\(").replace(")", "\\)")), run.output());
      assertTrue(run.output().contains("BIOS: "), run.output());
      assertTrue(run.output().contains(reason), run.output());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing  |there is no /dev/kvm; switch on virtualisation
          forbidden|you may not open /dev/kvm; become a member of its group
          broken   |KVM does not work on this computer (QEMU says: .*); --accel tcg does without it
          """)
  void whoWantsKvmHearsWhatIsWrong(String state, String says) {
    ForeignTool.Result run = tryImage(state, "kvm");
    assertEquals(1, run.exitCode(), run.output());
    String last = run.output().lines().reduce("", (a, b) -> b);
    String pattern = "zboot: --accel kvm: " + says.replace("(", "\\(").replace(")", "\\)") + ".*";
    assertTrue(last.matches(pattern), run.output());
  }

  private ForeignTool.Result tryImage(String state, String accelerator) {
    ForeignTool.require("qemu-system-x86_64");
    ForeignTool.require("unshare");
    Medium medium = Medium.usb(folder);
    List<String> words = new ArrayList<>(List.of("../tools/with-kvm", state));
    words.addAll(
        ZbootProcess.command("try", "--accel", accelerator, "--firmware", "bios", "--json"));
    words.addAll(List.of("--until", "banner", "--timeout", "300", medium.file().toString()));
    return ForeignTool.require("bash")
        .run(Duration.ofMinutes(15), Map.of(), words.toArray(String[]::new));
  }
}
