package zeroboot.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens of SoftHSM, a PKCS #11 library, in a folder of their own. */
public final class SoftTokens {
  private final Path module;
  private final Map<String, String> environment;
  private final Map<String, String> pins = new HashMap<>();

  /**
   * Where the library has a token.
   *
   * @param slot its number, another for each start
   */
  public record Place(String slot, String serial) {}

  private SoftTokens(Path module, Path configuration) {
    this.module = module;
    environment = Map.of("SOFTHSM2_CONF", configuration.toString());
  }

  /** Without tokens yet. */
  public static SoftTokens in(Path folder) throws IOException {
    Path module =
        ForeignTool.requireFile(
            "SoftHSM",
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));
    Path configuration = folder.resolve("softhsm2.conf");
    Files.writeString(configuration, "directories.tokendir = " + folder + "\n");
    return new SoftTokens(module, configuration);
  }

  /** The library. */
  public Path module() {
    return module;
  }

  /** SoftHSM reads its configuration once per process: for processes of their own. */
  public Map<String, String> environment() {
    return environment;
  }

  /** What lies before the question mark, with the library behind it. */
  public String uri(String path) {
    return "pkcs11:" + path + "?module-path=" + module;
  }

  /** Makes a token with this label. */
  public void make(String label, String pin) {
    pins.put(label, pin);
    ForeignTool.require("softhsm2-util")
        .run(
            environment,
            "--init-token",
            "--free",
            "--label",
            label,
            "--pin",
            pin,
            "--so-pin",
            "87654321")
        .ok();
  }

  /** A private key (PEM) and its certificate (DER). */
  public void store(String token, Path key, Path certificate, String id, String label) {
    store(token, key, "privkey", id, label);
    store(token, certificate, "cert", id, label);
  }

  private void store(String token, Path file, String type, String id, String label) {
    ForeignTool.require("pkcs11-tool")
        .run(
            environment,
            "--module",
            module.toString(),
            "--token-label",
            token,
            "--login",
            "--pin",
            String.valueOf(pins.get(token)),
            "--write-object",
            file.toString(),
            "--type",
            type,
            "--id",
            id,
            "--label",
            label)
        .ok();
  }

  /** Where a token is now. */
  public Place place(String token) {
    String all = ForeignTool.require("softhsm2-util").run(environment, "--show-slots").ok();
    for (String slot : all.split("(?m)^Slot ", -1)) {
      Matcher matcher =
          Pattern.compile("^(\\d+).*Serial number: *(\\S+).*Label: *" + token, Pattern.DOTALL)
              .matcher(slot);
      if (matcher.find()) {
        return new Place(matcher.group(1), matcher.group(2));
      }
    }
    throw new AssertionError(all);
  }
}
