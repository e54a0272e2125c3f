package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.testing.ForeignTool;

/** Every command of {@code docs/signing.md}, as it stands there, one after the other. */
class SigningGuideTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyCommandDoesWhatTheGuideSays(@TempDir Path folder) throws IOException {
    ForeignTool.require("openssl");
    ForeignTool.require("sbverify");
    Path guide = Path.of("..", "docs", "signing.md");
    String commands =
        BLOCK
            .matcher(Files.readString(guide))
            .results()
            .map((MatchResult block) -> block.group(1))
            .collect(Collectors.joining());
    Files.write(folder.resolve("zero-os.efi"), BundledCore.load().efi()); // stands in for it
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script = folder.resolve("guide.sh");
    Files.writeString(
        script,
        "set -eu\ncd '"
            + folder
            + "'\n"
            + "zboot() { '"
            + java
            + "' zeroboot.cli.Main \"$@\"; }\n"
            + commands);
    ForeignTool.require("bash")
        .run(
            Map.of(
                "CLASSPATH",
                System.getProperty("java.class.path"),
                "ZBOOT_KEY_PASSWORD",
                FarmKeys.PASSWORD),
            script.toString())
        .ok();
    for (String made : new String[] {"node.img.sig", "sealed.img", "pinned.efi"}) {
      assertTrue(Files.exists(folder.resolve(made)), made);
    }
  }
}
