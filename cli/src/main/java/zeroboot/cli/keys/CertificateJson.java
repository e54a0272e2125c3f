package zeroboot.cli.keys;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import zeroboot.signing.keys.CertificateInfo;

/** Certificates for programs. */
final class CertificateJson {
  private CertificateJson() {}

  static void write(JsonWriter json, CertificateInfo info) throws IOException {
    json.beginObject();
    json.name("subject").value(info.subject());
    json.name("issuer").value(info.issuer().orElse(info.subject()));
    json.name("sha256").value(info.sha256());
    json.name("key").value(info.key());
    json.name("uses").beginArray();
    for (String use : info.uses()) {
      json.value(use);
    }
    json.endArray();
    json.name("validFrom").value(info.from().toString());
    json.name("validTo").value(info.to().toString());
    json.endObject();
  }
}
