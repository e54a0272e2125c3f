package zeroboot.signing;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;
import zeroboot.testing.ForeignTool;

/** A Java process that signs with the key of a token. */
public final class TokenProcess {
  private TokenProcess() {}

  /** Says SIGNED if the token gives this signature of the bytes 1, 2, 3; else what was wrong. */
  public static String run(Map<String, String> env, String uri, String pin, byte[] signature) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ForeignTool.require("env")
        .run(
            env,
            java,
            // It lives for half a second.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            TokenProcess.class.getName(),
            uri,
            pin,
            HexFormat.of().formatHex(signature))
        .output()
        .strip();
  }

  public static void main(String[] args) {
    try {
      SigningKey key = KeyReader.open(args[0], Optional.empty(), what -> args[1].toCharArray());
      String made = HexFormat.of().formatHex(key.sign(new byte[] {1, 2, 3}));
      System.out.println(made.equals(args[2]) ? "SIGNED" : "signed otherwise");
    } catch (ZbootException e) {
      System.out.println(e.getMessage());
    }
  }
}
