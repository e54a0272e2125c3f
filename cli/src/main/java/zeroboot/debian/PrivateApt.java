package zeroboot.debian;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;

/**
 * The machine's apt with a configuration, lists and a cache of its own, so that it needs no root
 * and changes nothing (apt.conf(5)). The mirrors are those that the machine uses; only the suite is
 * ours. Whoever uses it has to hold what comes against a hash that he knows: a machine's keys may
 * be older than the suite, so signatures are not asked for.
 */
public final class PrivateApt implements AutoCloseable {
  /** For one call of apt-get; a package has a few megabytes, a suite's index nine. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final Map<String, String> environment;
  private String lastError = "its apt has no source of Debian packages";

  private PrivateApt(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts with empty lists.
   *
   * @param environment what apt-get sees; {@code APT_CONFIG} counts (apt.conf(5))
   * @throws ZbootException (I/O) if no folder can be made for it
   */
  public static PrivateApt open(Map<String, String> environment) {
    try {
      return new PrivateApt(Files.createTempDirectory("zboot-apt-"), environment);
    } catch (IOException e) {
      throw ZbootException.io(
          System.getProperty("java.io.tmpdir"),
          "no folder can be made there (" + e.getMessage() + ")",
          "make room, or mend its rights");
    }
  }

  /**
   * Fetches one package at one version from the first mirror and suite that have it.
   *
   * @return the file; it is gone when this object is closed
   * @throws ZbootException (I/O) if nobody has it
   */
  public Path download(String name, String version, List<String> suites, String otherwise) {
    String what = "Debian's package " + name + " " + version;
    String apt =
        program("apt-get")
            .orElseThrow(() -> ZbootException.io(what, "this machine has no apt-get", otherwise));
    for (String mirror : mirrors(apt)) {
      for (String suite : suites) {
        Optional<Path> file = download(apt, mirror, suite, name + "=" + version);
        if (file.isPresent()) {
          return file.get();
        }
      }
    }
    throw ZbootException.io(what, "this machine cannot fetch it: " + lastError, otherwise);
  }

  /** Java would look in the PATH that it was started with, not in {@link #environment}'s. */
  private Optional<String> program(String name) {
    return Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString);
  }

  /** Where the machine gets its packages, each once, in its own order. */
  private Set<String> mirrors(String apt) {
    Set<String> mirrors = new LinkedHashSet<>();
    run(List.of(
            apt,
            "indextargets",
            "--no-release-info",
            "--format",
            "$(REPO_URI)",
            "Created-By: Packages"))
        .ifPresent(text -> text.lines().filter(line -> line.contains(":/")).forEach(mirrors::add));
    return mirrors;
  }

  private Optional<Path> download(String apt, String mirror, String suite, String what) {
    Path files = folder.resolve("files");
    try {
      Files.createDirectories(folder.resolve("state/lists/partial"));
      Files.createDirectories(folder.resolve("cache/archives/partial"));
      Files.createDirectories(files);
      Files.writeString(folder.resolve("state/status"), "");
      Files.writeString(
          folder.resolve("sources.list"),
          "deb [target=Packages trusted=yes] " + mirror + " " + suite + " main\n");
      Files.writeString(folder.resolve("apt.conf"), configuration());
    } catch (IOException e) {
      throw unwritable(e);
    }
    List<String> call = List.of(apt, "-q", "-c", folder.resolve("apt.conf").toString());
    boolean fetched =
        run(with(call, "update")).isPresent() && run(with(call, "download", what)).isPresent();
    return fetched ? onlyFile(files) : Optional.empty();
  }

  private static List<String> with(List<String> command, String... words) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(words));
    return all;
  }

  /** The machine's hooks are for the machine's lists; the sandbox user cannot read our folder. */
  private String configuration() {
    return String.join(
        "\n",
        "#clear APT::Update;",
        "#clear APT::Architectures;",
        "APT::Architecture \"amd64\";",
        "APT::Architectures { \"amd64\"; };",
        "APT::Sandbox::User \"\";",
        "Acquire::Languages \"none\";",
        "Acquire::Retries \"3\";",
        "Acquire::http::Timeout \"30\";",
        "Acquire::https::Timeout \"30\";",
        "Dir::State \"" + folder + "/state\";",
        "Dir::State::status \"" + folder + "/state/status\";",
        "Dir::Cache \"" + folder + "/cache\";",
        "Dir::Etc::sourcelist \"" + folder + "/sources.list\";",
        "Dir::Etc::sourceparts \"-\";",
        "Dir::Etc::preferences \"-\";",
        "Dir::Etc::preferencesparts \"-\";",
        "");
  }

  private static Optional<Path> onlyFile(Path files) {
    try (Stream<Path> found = Files.list(files)) {
      return found.filter(file -> file.toString().endsWith(".deb")).findFirst();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** What it printed, if it ended well; else {@link #lastError} says why not. */
  private Optional<String> run(List<String> command) {
    Path log = folder.resolve("log");
    Path files = folder.resolve("files");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    builder.directory((Files.isDirectory(files) ? files : folder).toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      lastError = String.valueOf(e.getMessage());
      return Optional.empty();
    }
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        lastError = "apt-get did not end within " + LIMIT.toMinutes() + " minutes";
        return Optional.empty();
      }
      String said = Files.readString(log, StandardCharsets.UTF_8);
      if (process.exitValue() == 0) {
        return Optional.of(said);
      }
      said.lines()
          .filter(line -> line.startsWith("E: ") || line.startsWith("W: "))
          .reduce((first, second) -> second)
          .ifPresent(line -> lastError = line.substring(3));
      return Optional.empty();
    } catch (IOException e) {
      throw unwritable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lastError = "interrupted";
      return Optional.empty();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static ZbootException unwritable(IOException e) {
    return ZbootException.io(
        System.getProperty("java.io.tmpdir"),
        "cannot be written (" + e.getMessage() + ")",
        "make room, or mend its rights");
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      return; // in the system's folder for what may be lost
    }
  }
}
