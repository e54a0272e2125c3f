package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** {@code zboot deploy} at a real terminal: what it asks, and its table. */
class DeployTerminalTest extends DeployCase {
  @Test
  void asksForThePasswordAndShowsCertificatesFirst() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(1)));
    Path profile = profile();
    Files.writeString(
        profile, Files.readString(profile).replace("  password-file: password\n", ""));
    List<String> words = new ArrayList<>(List.of("deploy", profile.toString()));
    words.addAll(quick);
    String command =
        "XDG_STATE_HOME=" + folder.resolve("state") + " " + Tmux.zboot(String.join(" ", words));
    String no = answered(command, "no");
    assertTrue(no.contains("exit 5"), no);
    assertEquals(List.of(), bmc.calls(), "it is told nothing");
    String yes = answered(command, "yes");
    assertTrue(yes.contains("1 of 1 done, 0 failed or left alone"), yes);
    assertTrue(yes.contains("exit 0"), yes);
    assertTrue(bmc.isOn());
    assertEquals(Map.of(), bmc.inserted());
  }

  /** The screen at the end. */
  private String answered(String command, String answer) throws IOException {
    Path place = Files.createDirectories(folder.resolve("terminal-" + answer));
    try (Tmux terminal = new Tmux(place, 120, 40)) {
      terminal.type(command);
      terminal.await("Password of " + SimBmc.USER + " at the management controllers:");
      terminal.text(SimBmc.PASSWORD);
      terminal.keys("Enter");
      terminal.await("Are these yours, on a network of yours [no]:");
      assertTrue(terminal.screen().contains(controllers.get(0).fingerprint()), terminal.screen());
      terminal.text(answer);
      terminal.keys("Enter");
      terminal.await("exit ");
      String screen = terminal.screen();
      assertFalse(screen.contains("tr0ub4dor"), screen);
      return screen;
    }
  }
}
