package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.KnownCore;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SecondCore;

/** {@code zboot core fetch}, by the real apt from a Debian archive that lies in a folder. */
class CoreFetchTest {
  private static final String VERSION = KnownCore.newest().version();

  @TempDir private Path folder;

  /** Runs zboot where apt knows the archive in {@code folder} and nothing else. */
  private CliRun run(String... args) throws IOException {
    ForeignTool.require("apt-get");
    Path sources =
        Files.writeString(
            folder.resolve("machine.list"),
            "deb [trusted=yes] file:" + folder.resolve("archive") + " bookworm main\n");
    Path configuration =
        Files.writeString(
            folder.resolve("machine.conf"),
            "Dir::Etc::sourcelist \"" + sources + "\";\nDir::Etc::sourceparts \"-\";\n");
    Map<String, String> environment = environment();
    environment.put("APT_CONFIG", configuration.toString());
    return CliRun.with(environment, args);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    return environment;
  }

  /** An archive whose {@code suite} has a package ipxe of the known version with these bytes. */
  private void archive(String suite, byte[] deb) throws IOException {
    Path archive = folder.resolve("archive");
    Path suiteFolder = archive.resolve("dists").resolve(suite);
    Path index = suiteFolder.resolve("main/binary-amd64/Packages");
    Files.createDirectories(index.getParent());
    Files.createDirectories(archive.resolve("pool"));
    Files.write(archive.resolve("pool/ipxe.deb"), deb);
    String packages =
        "Package: ipxe\nVersion: "
            + VERSION
            + "\nArchitecture: all\nMaintainer: nobody\nFilename: pool/ipxe.deb\nSize: "
            + deb.length
            + "\nSHA256: "
            + sha256(deb)
            + "\nDescription: a package\n\n";
    Files.writeString(index, packages);
    Files.writeString(
        suiteFolder.resolve("Release"),
        "Suite: "
            + suite
            + "\nCodename: "
            + suite
            + "\nArchitectures: amd64\nComponents: main\nSHA256:\n "
            + sha256(packages.getBytes(StandardCharsets.UTF_8))
            + " "
            + packages.length()
            + " main/binary-amd64/Packages\n");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fetchedCoreIsKeptAndFoundByItsRelease() throws IOException {
    archive("forky", Files.readAllBytes(SecondCore.require()));
    CliRun fetched = run("core", "fetch", "2.0.0", "--json");
    assertEquals(0, fetched.exitCode(), fetched.err());
    assertEquals(VERSION, fetched.json().get("version").getAsString());
    assertEquals("Debian ipxe " + VERSION, fetched.json().get("origin").getAsString());
    assertTrue(fetched.json().get("written").getAsBoolean());
    assertTrue(fetched.err().contains("Use it with --core 2.0.0"), fetched.err());

    assertTrue(
        run("core", "list").text().contains(VERSION + "                         imported"),
        run("core", "list").text());
    CliRun image = run("script", "--farm-id", "4242", "--core", "2.0.0", "-o", "-");
    assertEquals(0, image.exitCode(), image.err());
    assertTrue(image.text().contains("set can_ntp yes"), image.text());

    CliRun again = run("core", "fetch", "--json");
    assertEquals(0, again.exitCode(), again.err());
    assertFalse(again.json().get("written").getAsBoolean());
    assertFalse(again.err().contains("Fetching"), again.err());
  }

  /** The second suite that is looked into. */
  @Test
  void anotherSuiteMayHaveIt() throws IOException {
    archive("sid", Files.readAllBytes(SecondCore.require()));
    CliRun fetched = run("core", "fetch");
    assertEquals(0, fetched.exitCode(), fetched.err());
  }

  @Test
  void anotherFileUnderThatNameIsNotKept() throws IOException {
    archive("forky", "somebody else's package".getBytes(StandardCharsets.UTF_8));
    CliRun fetched = run("core", "fetch", "2.0.0");
    assertEquals(3, fetched.exitCode(), fetched.err());
    assertTrue(
        fetched
            .err()
            .contains(
                "has SHA-256 "
                    + sha256("somebody else's package".getBytes(StandardCharsets.UTF_8))),
        fetched.err());
    assertFalse(Files.exists(folder.resolve("data")));
  }

  @Test
  void archiveWithoutItSaysHowToGoOn() throws IOException {
    Files.createDirectories(folder.resolve("archive"));
    CliRun fetched = run("core", "fetch");
    assertEquals(1, fetched.exitCode(), fetched.err());
    assertTrue(fetched.err().contains("this machine cannot fetch it: "), fetched.err());
    assertTrue(fetched.err().contains("zboot core import FILE.deb"), fetched.err());
  }

  @Test
  void machineWithoutAptSaysHowToGoOn() {
    Map<String, String> environment = environment();
    environment.put("PATH", folder.toString());
    CliRun fetched = CliRun.with(environment, "core", "fetch");
    assertEquals(1, fetched.exitCode(), fetched.err());
    assertTrue(fetched.err().contains("this machine has no apt-get"), fetched.err());
  }

  @Test
  void unknownVersionNamesTheKnownOnes() throws IOException {
    CliRun fetched = run("core", "fetch", "3.0.0");
    assertEquals(3, fetched.exitCode(), fetched.err());
    assertTrue(fetched.err().contains("it knows 2.0.0"), fetched.err());
  }

  @Test
  void coreThatIsKnownButNotThereSaysWhatGetsIt() throws IOException {
    CliRun image = run("iso", "--farm-id", "4242", "--core", "2.0.0", "-o", "-");
    assertEquals(2, image.exitCode(), image.err());
    assertTrue(image.err().contains("zboot core fetch 2.0.0 gets it"), image.err());
    assertTrue(
        run("core", "list").text().contains("known     zboot core fetch 2.0.0"),
        run("core", "list").text());
  }
}
