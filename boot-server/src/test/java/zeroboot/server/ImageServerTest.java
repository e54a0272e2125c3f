package zeroboot.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.server.files.SharedImages;
import zeroboot.server.nodes.ImageListener;
import zeroboot.server.nodes.Report;
import zeroboot.testing.ForeignTool;

/** Images for virtual drives, as curl gets them. */
class ImageServerTest {
  private static final String NAME = "node-01-0123456789abcdef.iso";

  @TempDir private Path folder;
  private final byte[] image = new byte[300_001]; // no whole number of sectors
  private final SharedImages images = new SharedImages();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final ImageServer server;
  private final String base;

  ImageServerTest() {
    new Random(3).nextBytes(image);
    images.put(NAME, image);
    ImageListener listener =
        new ImageListener() {
          @Override
          public void gave(String name, String from, long bytes) {
            heard.add(name + " " + from + " " + bytes);
          }

          @Override
          public void reported(String path, String from, Report report) {
            heard.add(path + " " + from + " " + report.step() + " " + report.imageId().orElse(""));
          }
        };
    server =
        ImageServer.start(
            images,
            listener,
            0,
            0,
            host -> {
              throw new IllegalStateException("nobody asks for HTTPS at " + host);
            });
    base = server.http(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The head of the answer, and its body in a file. */
  private String curl(String... args) throws IOException {
    Path head = folder.resolve("head");
    Path body = folder.resolve("body");
    Files.deleteIfExists(body);
    List<String> command = new ArrayList<>(List.of("-sS", "--path-as-is"));
    command.addAll(List.of("-D", head.toString(), "-o", body.toString()));
    command.addAll(Arrays.asList(args));
    ForeignTool.require("curl").run(command.toArray(String[]::new)).ok();
    return Files.readString(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  private byte[] body() throws IOException {
    Path body = folder.resolve("body");
    return Files.exists(body) ? Files.readAllBytes(body) : new byte[0];
  }

  @Test
  void givesTheWhole() throws IOException {
    String head = curl(base + "/iso/" + NAME);
    assertTrue(head.startsWith("http/1.1 200"), head);
    assertTrue(head.contains("accept-ranges: bytes"), head);
    assertTrue(head.contains("content-length: 300001"), head);
    assertArrayEquals(image, body());
    assertEquals(List.of(NAME + " 127.0.0.1 300001"), heard);
  }

  @ParameterizedTest
  @CsvSource({
    "0-0, 0, 0",
    "0-2047, 0, 2047",
    "2047-2048, 2047, 2048",
    "100000-250000, 100000, 250000",
    "299999-, 299999, 300000",
    "-1, 300000, 300000",
    "300000-999999, 300000, 300000"
  })
  void givesRanges(String range, int first, int last) throws IOException {
    String head = curl("-r", range, base + "/iso/" + NAME);
    assertTrue(head.startsWith("http/1.1 206"), head);
    assertTrue(head.contains("content-range: bytes " + first + "-" + last + "/300001"), head);
    assertArrayEquals(Arrays.copyOfRange(image, first, last + 1), body());
    // With HEAD some controllers expect the same of it.
    String only = curl("-I", "-r", range, base + "/iso/" + NAME);
    assertTrue(only.startsWith("http/1.1 206"), only);
    assertTrue(only.contains("content-length: " + (last - first + 1)), only);
    assertEquals(NAME + " 127.0.0.1 0", heard.get(1));
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    assertTrue(curl("-r", "300001-", base + "/iso/" + NAME).startsWith("http/1.1 416"));
    assertTrue(curl(base + "/iso/other.iso").startsWith("http/1.1 404"));
    assertTrue(curl(base + "/" + NAME).startsWith("http/1.1 404"));
    assertTrue(curl(base + "/iso/../iso/" + NAME + "/..").startsWith("http/1.1 404"));
    assertTrue(curl("-X", "DELETE", base + "/iso/" + NAME).startsWith("http/1.1 405"));
    assertEquals(List.of(), heard);
  }

  @Test
  void tellsTheSize() throws IOException {
    String head = curl("-I", base + "//iso/" + NAME);
    assertTrue(head.startsWith("http/1.1 200"), head); // as some put it together
    assertTrue(head.contains("content-length: 300001"), head);
  }

  @Test
  void hearsReports() throws IOException {
    String query = "?mac=00:00:5e:00:53:01&step=started&image=abc-def";
    assertTrue(curl(base + "/report/node-01" + query).startsWith("http/1.1 200"));
    assertTrue(curl(base + "/report/node-01?step=started").startsWith("http/1.1 400"));
    assertTrue(curl(base + "/report/node-01?%zz=1").startsWith("http/1.1 400"));
    assertEquals(List.of("node-01 127.0.0.1 started abc-def"), heard);
  }

  /** What images share is kept once, and none is changed by it. */
  @Test
  void sharesSectors() {
    byte[] other = image.clone();
    other[150_000] ^= 1;
    long before = images.held();
    images.put("node-02-0123456789abcdef.iso", other);
    assertEquals(2048, images.held() - before);
    assertArrayEquals(
        other, images.get("node-02-0123456789abcdef.iso").orElseThrow().range(0, 300_001).array());
    assertArrayEquals(image, images.get(NAME).orElseThrow().range(0, 300_001).array());
  }
}
