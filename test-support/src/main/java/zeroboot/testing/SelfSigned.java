package zeroboot.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key with a self-signed certificate, made by openssl and valid for 30 days.
 *
 * @param certificate {@code NAME.pem}, for {@code CN=NAME}
 * @param key {@code NAME.key}, as plain PEM
 */
public record SelfSigned(Path certificate, Path key) {
  /**
   * Makes one.
   *
   * @param keyType what openssl calls it: {@code rsa:2048}
   * @param extensions of the certificate, besides openssl's own: {@code keyUsage=keyCertSign}
   */
  public static SelfSigned create(Path folder, String name, String keyType, String... extensions) {
    SelfSigned made = new SelfSigned(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    List<String> words = new ArrayList<>(List.of("req", "-x509", "-newkey", keyType, "-nodes"));
    words.addAll(List.of("-subj", "/CN=" + name, "-days", "30"));
    words.addAll(List.of("-keyout", made.key.toString(), "-out", made.certificate.toString()));
    for (String extension : extensions) {
      words.addAll(List.of("-addext", extension));
    }
    ForeignTool.require("openssl").run(words.toArray(String[]::new)).ok();
    return made;
  }
}
