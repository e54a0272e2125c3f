package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** The table of {@code CONTRIBUTING.md} that tells where each byte comes from is true. */
class ByteMapTest {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([^`]+)` \\| (\\d*) ?\\| (\\d*) ?\\| `(\\w+)` \\| `(\\w+)` \\| (.+) \\|$");

  /** What a class has that takes bytes apart. */
  private static final Pattern READER =
      Pattern.compile(
          "(?m)^ "
              + " [^/*=;]*\\b(?:read|slots|join|judge|of|on)\\([^;{]*\\b(?:byte\\[]|SpecReader|Specimen)"
              + " ");

  private static final Pattern NAMED = Pattern.compile("`([\\w/.-]+)`");
  private static final Path ROOT = Path.of("..");

  @TempDir private Path folder;

  /** A row: the region, where it begins in a USB image and an ISO ("" for anywhere), and whose. */
  private record Row(
      String region, String usb, String iso, String writer, String reader, String further) {}

  @Test
  void everyRegionOfEveryImageIsInTheTable() throws IOException {
    Set<String> made = new TreeSet<>();
    FarmKeys keys = FarmKeys.make(folder);
    for (Form form : Forms.ALL) {
      made.addAll(regions(form.command()).keySet());
      if (form.firmware() == TargetFirmware.BOTH) {
        for (BootPath path : BootPath.values()) {
          List<String> command = new ArrayList<>(form.command());
          command.addAll(List.of("--firmware", TargetFirmware.of(Set.of(path)).shown()));
          made.addAll(regions(command).keySet());
        }
      }
    }
    String[] signed = keys.with("efi", "--secure-boot-key", keys.file("db.p12"));
    made.addAll(regions(List.of(signed)).keySet());
    assertEquals(
        String.join("\n", made),
        table().stream().map(Row::region).sorted().collect(Collectors.joining("\n")),
        "give each region of an image a row in the table of CONTRIBUTING.md, and no other");
  }

  @Test
  void regionsBeginWhereTheTableSays() throws IOException {
    Map<String, Long> usb = regions(List.of("usb"));
    Map<String, Long> usbUefi = regions(List.of("usb", "--firmware", "uefi"));
    Map<String, Long> iso = regions(List.of("iso"));
    for (Row row : table()) {
      Long inUsb = usb.getOrDefault(row.region(), usbUefi.get(row.region()));
      if (!row.usb().isEmpty()) {
        assertEquals(Long.valueOf(row.usb()), inUsb, row.region());
      }
      if (!row.iso().isEmpty()) {
        assertEquals(Long.valueOf(row.iso()), iso.get(row.region()), row.region());
      }
    }
  }

  @Test
  void classesAndFilesAreThere() throws IOException {
    Set<String> names;
    try (Stream<Path> files = Files.walk(ROOT)) {
      names =
          files
              .filter(file -> file.toString().contains("/src/main/"))
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());
    }
    for (Row row : table()) {
      List<String> named = new ArrayList<>(List.of(row.writer(), row.reader()));
      Matcher further = NAMED.matcher(row.further());
      while (further.find()) {
        named.add(further.group(1));
      }
      named.remove("ipxe.lkrn"); // not ours
      for (String name : named) {
        assertTrue(
            names.contains(name + ".java")
                || names.contains(name)
                || Files.exists(ROOT.resolve(name)),
            row.region() + ": " + name);
      }
    }
  }

  /** Whoever is said to read a region takes bytes apart. */
  @Test
  void readersRead() throws IOException {
    Map<String, Path> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .forEach(file -> sources.put(file.getFileName().toString(), file));
    }
    for (Row row : table()) {
      Path source = sources.get(row.reader() + ".java");
      assertTrue(
          source != null && READER.matcher(Files.readString(source)).find(),
          row.reader() + " does not read '" + row.region() + "': name in CONTRIBUTING.md who does");
    }
  }

  @Test
  void everyPackageIsInTheMap() throws IOException {
    String map = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<String> missing =
          files
              .filter(file -> file.endsWith("package-info.java"))
              .map(file -> file.resolveSibling("").toString().replace('\\', '/'))
              .filter(folder -> folder.contains("/src/main/java/"))
              .map(
                  folder ->
                      folder
                          .replaceFirst(".*/src/main/java/", "")
                          .replaceFirst("/$", "")
                          .replace('/', '.'))
              .filter(name -> !map.contains("`" + name + "`"))
              .filter(name -> !map.contains("`" + name.substring(name.lastIndexOf('.')) + "`"))
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  private static List<Row> table() throws IOException {
    return ROW.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
        .results()
        .map(
            row ->
                new Row(
                    row.group(1),
                    row.group(2),
                    row.group(3),
                    row.group(4),
                    row.group(5),
                    row.group(6)))
        .toList();
  }

  private Map<String, Long> regions(List<String> command) {
    List<String> all = new ArrayList<>(command);
    String output = folder.resolve("image").toString();
    all.addAll(List.of("--farm-id", "4242", "--json", "--force", "-o", output));
    CliRun run = CliRun.of(all.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    Map<String, Long> regions = new HashMap<>();
    for (String list : List.of("layout", "views")) {
      for (JsonElement element : run.json().getAsJsonArray(list)) {
        JsonObject extent = element.getAsJsonObject();
        regions.putIfAbsent(extent.get("name").getAsString(), extent.get("offset").getAsLong());
      }
    }
    return regions;
  }
}
