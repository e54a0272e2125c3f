package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.spec.Setting;
import zeroboot.testing.ForeignTool;

/** The service's API against the command line, and its description against others' judges. */
class PublicApiTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static PublicServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    IpxeCore core = BundledCore.load();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        PublicServer.start(
            ServiceOptions.at(any), core, new ImageMaker(core), ServiceParts.NONE, line -> {});
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static HttpResponse<byte[]> get(int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return get(server.port(), path);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonObject json(HttpResponse<byte[]> answer) {
    return JsonParser.parseString(text(answer)).getAsJsonObject();
  }

  /** The query that says what options say. */
  private static String query(List<String> options) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      boolean isFlag = i + 1 == options.size() || options.get(i + 1).startsWith("--");
      String value = isFlag ? "true" : options.get(i + 1);
      fields.add(
          options.get(i).substring(2) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      i += isFlag ? 0 : 1;
    }
    return "?" + String.join("&", fields);
  }

  @ParameterizedTest
  @CsvSource({
    "usb, usb, --farm-id 4242",
    "usb-gpt, usb --table gpt, --farm-id 4242 --network test --zos-debug",
    "iso, iso, --farm-id 7 --firmware uefi --dns 192.0.2.1 --dns 192.0.2.2",
    "efi, efi, --farm-id 4294967295 --vlan 12 --missing-ssd --kernel-arg a=b",
    "lkrn, lkrn, --farm-id 1 --kernel-url https://k.example.com/a.efi --failure-wait 7",
    "script, script, --farm-id 1 --address 192.0.2.9/24 --gateway 192.0.2.1 --relay wss://r.tf",
    "script, script, --provision-url https://p.example.com/x/ --ntp time.example.com",
  })
  void imageAndReceiptAreThoseOfTheCommandLine(String form, String command, String options)
      throws Exception {
    Path file = folder.resolve("image");
    List<String> said = List.of(options.split(" ", -1));
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(said);
    words.addAll(List.of("--json", "-o", file.toString()));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    String path = "/api/v1/images/" + form;
    HttpResponse<byte[]> image = get(path + query(said));
    assertEquals(200, image.statusCode(), () -> text(image));
    assertArrayEquals(Files.readAllBytes(file), image.body());
    String sha256 = Sha256.hex(image.body());
    assertEquals(
        "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":",
        image.headers().firstValue("Repr-Digest").orElse(""));
    String name =
        image.headers().firstValue("Content-Disposition").orElse("").replaceAll(".*=\"|\"$", "");
    assertEquals(sha256 + "  " + name + "\n", text(get(path + "/sha256" + query(said))));
    HttpResponse<byte[]> receipt = get(path + "/receipt" + query(said));
    JsonSchemas.check("receipt", text(receipt));
    JsonObject expected = run.json();
    expected.addProperty("file", name);
    assertEquals(expected, json(receipt));
    assertEquals(404, get(path + "/signature" + query(said)).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "images/usb?farm-id=0, 400, farm ID '0': a farm ID is a whole number",
    "images/usb, 400, the farm ID is missing",
    "images/floppy?farm-id=1, 400, there is no such form",
    "images/usb?farm-id=1&nettwork=main, 400, did you mean network",
    "images/usb?farm-id=1&farm-id=2, 400, is given twice",
    "images/usb?farm-id=1&kernel-arg=a%26%26b, 400, would end the boot script",
    "images/usb?farm-id=1&zos-debug=maybe, 400, is neither true nor false",
    "images/efi?farm-id=1&firmware=bios, 400, is nothing that this form could boot",
    "images/usb?farm-id=1&firmware=arm, 400, there is no such firmware",
    "images/usb/nothing?farm-id=1, 400, use one of image",
    "images/usb/image?farm-id=1, 404, openapi.json",
    "images/usb/sha256/x?farm-id=1, 404, openapi.json",
    "images, 404, openapi.json",
    "nothing, 404, openapi.json",
    "settings/x, 404, openapi.json",
  })
  void errorsAreJson(String path, int status, String words) throws Exception {
    HttpResponse<byte[]> got = get("/api/v1/" + path);
    assertEquals(status, got.statusCode(), () -> text(got));
    assertEquals("application/problem+json", got.headers().firstValue("Content-Type").orElse(""));
    assertEquals(status, json(got).get("status").getAsInt());
    String detail = json(got).get("detail").getAsString();
    assertTrue(detail.contains(words), detail);
  }

  @Test
  void settingsAreThoseOfTheCommandLine() throws Exception {
    HttpResponse<byte[]> got = get("/api/v1/settings");
    assertEquals(CliRun.of("config", "list", "--json").json(), json(got));
    JsonSchemas.check("config-list", text(got));
  }

  /** It names each setting; {@code ./check} has another judge for it. */
  @Test
  void descriptionIsOpenApi() throws Exception {
    HttpResponse<byte[]> got = get("/api/v1/openapi.json");
    JsonObject document = json(got);
    assertEquals("3.1.0", document.get("openapi").getAsString());
    Set<String> parameters =
        new TreeSet<>(
            document.getAsJsonObject("components").getAsJsonObject("parameters").keySet());
    Set<String> expected = new TreeSet<>(Setting.keys());
    expected.addAll(List.of("form", "firmware", "v"));
    assertEquals(expected, parameters);
    for (String path : document.getAsJsonObject("paths").keySet()) {
      String filled = path.replace("{form}", "script") + "?farm-id=1";
      int status = get(filled).statusCode();
      assertEquals(path.endsWith("/signature") ? 404 : 200, status, path);
    }
    for (JsonElement each :
        document
            .getAsJsonObject("components")
            .getAsJsonObject("parameters")
            .getAsJsonObject("form")
            .getAsJsonObject("schema")
            .getAsJsonArray("enum")) {
      assertEquals(200, get("/api/v1/images/" + each.getAsString() + "?farm-id=1").statusCode());
    }
    Path kept = Files.createDirectories(Path.of("target", "openapi"));
    Files.write(kept.resolve("openapi.json"), got.body());
  }

  @Test
  void keysOfTheOperatorSign() throws Exception {
    FarmKeys keys = FarmKeys.make(folder);
    Path out = folder.resolve("out");
    Process process =
        ZbootProcess.serving(
            ZbootProcess.command(
                keys.with(
                    "serve",
                    "--public",
                    "--address",
                    "127.0.0.1",
                    "--http-port",
                    "18466",
                    "--secure-boot-key",
                    keys.file("db.p12"),
                    "--sign-key",
                    keys.file("sign.p12"))),
            out);
    try {
      HttpResponse<byte[]> image = get(18466, "/uefi/test/4242");
      assertEquals(200, image.statusCode(), () -> text(image));
      Path efi = Files.write(folder.resolve("x.efi"), image.body());
      ForeignTool.require("sbverify").run("--cert", keys.file("db.pem"), efi.toString()).ok();
      assertNotEquals(
          get("/uefi/test/4242").headers().firstValue("ETag"), image.headers().firstValue("ETag"));
      Path signature =
          Files.write(folder.resolve("x.sig"), get(18466, "/uefi/test/4242?get=signature").body());
      ForeignTool.require("openssl")
          .run(
              "cms",
              "-verify",
              "-binary",
              "-inform",
              "DER",
              "-in",
              signature.toString(),
              "-content",
              efi.toString(),
              "-noverify",
              "-certfile",
              keys.file("sign.pem"),
              "-out",
              folder.resolve("same").toString())
          .ok();
      assertArrayEquals(image.body(), Files.readAllBytes(folder.resolve("same")));
      HttpResponse<byte[]> receipt = get(18466, "/api/v1/images/efi/receipt?farm-id=1");
      JsonSchemas.check("receipt", text(receipt));
      JsonObject certificate = json(receipt).getAsJsonObject("secureBootCertificate");
      assertEquals(keys.fingerprint("db"), certificate.get("sha256").getAsString());
      HttpResponse<byte[]> plain =
          get(18466, "/api/v1/images/efi?farm-id=1&kernel-url=http://k.example.com/k.efi");
      assertEquals(400, plain.statusCode());
    } finally {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }
}
