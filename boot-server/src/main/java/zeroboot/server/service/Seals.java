package zeroboot.server.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import zeroboot.spec.Rack;

/** What vouches for images: signatures inside and beside them. */
public interface Seals {
  /** Nothing does. */
  Seals NONE =
      new Seals() {
        @Override
        public void check(Rack rack) {}

        @Override
        public String mark() {
          return "";
        }

        @Override
        public Optional<byte[]> signature(byte[] image) {
          return Optional.empty();
        }

        @Override
        public void writeFields(JsonWriter json) throws IOException {
          json.name("secureBootCertificate").nullValue();
          json.name("signatureCertificate").nullValue();
        }
      };

  /**
   * Refuses what must not be signed.
   *
   * @throws zeroboot.ground.ZbootException (settings) if it must not
   */
  void check(Rack rack);

  /** Tells images of one content apart that are signed by different keys; letters and digits. */
  String mark();

  /** The signature to lie beside an image, as DER; empty without a key for that. */
  Optional<byte[]> signature(byte[] image);

  /** Fields of a receipt: the certificates, null for a key that there is not. */
  void writeFields(JsonWriter json) throws IOException;
}
