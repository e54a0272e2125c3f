package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;

/** The README and every guide in {@code docs}: each command does what it says there. */
class GuidesTest {
  /** What cannot be run here: the document, and its own reason. */
  private static final List<String> NOT_RUN =
      List.of(
          "README.md: installs packages",
          "CONTRIBUTING.md: a test would start the tests",
          "docs/check.md: needs the internet",
          "docs/deploy.md: needs a management controller",
          "docs/deploy.md: needs a management controller",
          "docs/deploy.md: needs a management controller",
          "docs/farmers.md: needs the packaged jar",
          "docs/library.md: installs into the Maven repository of who runs it",
          "docs/netboot.md: needs a server in service",
          "docs/serve.md: serves the network of the machine that runs it",
          "docs/serve.md: serves the network of the machine that runs it",
          "docs/serve.md: serves the network of the machine that runs it",
          "docs/serve.md: serves the network of the machine that runs it",
          "docs/serve.md: serves the network of the machine that runs it",
          "docs/serve.md: needs a service in systemd",
          "docs/service.md: serves until it is ended",
          "docs/service.md: needs the service",
          "docs/service.md: needs the service",
          "docs/service.md: serves until it is ended",
          "docs/service.md: needs the service",
          "docs/service.md: serves until it is ended",
          "docs/service.md: serves until it is ended",
          "docs/service.md: serves until it is ended",
          "docs/service.md: needs skopeo, and a registry or Docker",
          "docs/service.md: needs Docker",
          "docs/service.md: needs a cluster",
          "docs/signing.md: needs a token",
          "docs/signing.md: there is no old stick here");

  private static final Set<String> LANGUAGES =
      Set.of("sh", "output", "text", "yaml", "json", "java", "xml");
  private static final Pattern COMMAND = Pattern.compile("(?m)^(\\$ |# )?(sudo |\\./)?zboot .*");

  @TestFactory
  Stream<DynamicTest> commands(@TempDir Path folder) {
    return run(folder, guide -> !startsMachines(guide));
  }

  @Tag("boot")
  @TestFactory
  Stream<DynamicTest> commandsThatStartMachines(@TempDir Path folder) {
    return run(folder, GuidesTest::startsMachines);
  }

  private static boolean startsMachines(Guide guide) {
    return guide.blocks().stream()
        .anyMatch(block -> block.isRun() && block.text().contains("zboot try "));
  }

  private static Stream<DynamicTest> run(Path folder, Predicate<Guide> wanted) {
    for (String tool :
        new String[] {
          "bash", "flock", "openssl", "sbverify", "jq", "dnsmasq", "kea-dhcp4", "dhcpd"
        }) {
      ForeignTool.require(tool);
    }
    return Guide.all().stream()
        .filter(guide -> guide.blocks().stream().anyMatch(Guide.Block::isRun))
        .filter(wanted)
        .map(
            guide ->
                DynamicTest.dynamicTest(
                    guide.name(),
                    () -> {
                      Path own = Files.createDirectory(folder.resolve(guide.file().getFileName()));
                      try (GuideFolder place = new GuideFolder(own)) {
                        place.run(guide);
                      }
                    }));
  }

  @Test
  void whatIsNotRunIsListed() {
    List<String> found = new ArrayList<>();
    for (Guide guide : Guide.all()) {
      for (Guide.Block block : guide.blocks()) {
        String reason = block.notRun();
        if (reason != null) {
          found.add(guide.name() + ": " + reason);
        }
      }
    }
    assertEquals(String.join("\n", NOT_RUN), String.join("\n", found));
  }

  @Test
  void noCommandHides() {
    for (Guide guide : Guide.all()) {
      for (Guide.Block block : guide.blocks()) {
        String where = guide.name() + ":" + block.line();
        assertTrue(LANGUAGES.contains(block.language()), () -> where + ": " + block.language());
        assertFalse(
            !block.language().equals("sh") && COMMAND.matcher(block.text()).find(),
            () -> where + " holds a command that no test runs");
      }
    }
  }
}
