package zeroboot.cli.serve;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.server.service.Seals;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.spec.Rack;

/** Keys of the operator, which sign the images of a public service. */
record KeySeals(SigningOptions options, SigningKeys keys) implements Seals {
  private static final int MARK_DIGITS = 8;

  @Override
  public void check(Rack rack) {
    options.checkSealed(rack);
  }

  @Override
  public String mark() {
    return keys.secureBoot()
        .map(key -> "-" + CertificateInfo.of(key.certificate()).sha256().replace(":", ""))
        .map(mark -> mark.substring(0, MARK_DIGITS + 1))
        .orElse("");
  }

  @Override
  public Optional<byte[]> signature(byte[] image) {
    return keys.signature(image);
  }

  @Override
  public void writeFields(JsonWriter json) throws IOException {
    keys.writeFields(json);
  }
}
