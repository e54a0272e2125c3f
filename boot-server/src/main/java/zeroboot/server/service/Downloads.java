package zeroboot.server.service;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageReceipt;
import zeroboot.server.http.Answers;

/** Images and what lies beside them: checksum, signature, receipt. */
final class Downloads {
  static final String IMAGE = "image";
  static final String JSON = "application/json";

  /** Of what may change with a newer zboot, in seconds. */
  static final String FOR_NOW = "public, max-age=300";

  /** An address that names its version never means another file. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Texts texts;
  private final Images images;

  Downloads(Texts texts, Images images) {
    this.texts = texts;
    this.images = images;
  }

  /**
   * Gives an image or what lies beside it.
   *
   * @param what {@code image}, {@code sha256}, {@code signature} or {@code receipt}
   * @throws ZbootException (settings) if it is something else, or cannot be made
   */
  void give(Wanted wanted, String what, Replies reply) {
    switch (what) {
      case IMAGE -> image(wanted, reply);
      case "sha256" ->
          reply.text(
              200, Answers.TEXT, images.get(wanted).sha256() + "  " + wanted.fileName() + "\n");
      case "signature" -> signature(wanted, reply);
      case "receipt" -> receipt(wanted, reply);
      default ->
          throw ZbootException.settings(
              "get '" + what + "'",
              "is nothing that lies beside an image",
              "use one of image, sha256, signature, receipt");
    }
  }

  private void image(Wanted wanted, Replies reply) {
    Image image = images.get(wanted);
    if (!images.leaves(image)) {
      reply.response().getHeaders().put(HttpHeader.RETRY_AFTER, 5);
      reply.text(503, texts.get("error.busy"));
      return;
    }
    Callback back =
        Callback.from(
            () -> {
              images.arrived(image);
              reply.done().succeeded();
            },
            why -> {
              images.arrived(image);
              reply.done().failed(why);
            });
    boolean isScript = wanted.form().isEmpty();
    name(reply, isScript ? "inline" : "attachment", wanted.fileName());
    // RFC 9530: of the whole file, whatever part of it is asked for.
    byte[] hash = HexFormat.of().parseHex(image.sha256());
    reply
        .response()
        .getHeaders()
        .put("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":");
    boolean isNamed = image.tag().equals("\"" + reply.query().getValue("v") + "\"");
    reply
        .until(back)
        .content(
            new Answers.Content(
                ByteBuffer.wrap(image.bytes()),
                image.tag(),
                isScript ? Answers.TEXT : Answers.BINARY,
                isNamed ? FOR_EVER : FOR_NOW));
  }

  private static void name(Replies reply, String how, String file) {
    reply.response().getHeaders().put("Content-Disposition", how + "; filename=\"" + file + "\"");
  }

  private void signature(Wanted wanted, Replies reply) {
    Image image = images.get(wanted);
    Optional<byte[]> signature = images.seals().signature(image.bytes());
    if (signature.isEmpty()) {
      reply.text(404, texts.get("error.unsigned"));
      return;
    }
    name(reply, "attachment", wanted.fileName() + ".sig");
    reply.content(
        new Answers.Content(
            ByteBuffer.wrap(signature.get()),
            image.tag().replaceFirst("\"$", "-sig\""),
            "application/pkcs7-signature",
            FOR_NOW));
  }

  private void receipt(Wanted wanted, Replies reply) {
    ImageReceipt receipt = images.receipt(wanted);
    boolean isSigned = images.seals().signature(new byte[0]).isPresent();
    reply.text(
        200,
        JSON,
        ApiJson.text(
            json -> {
              json.name("format").value(1);
              receipt.writeFields(
                  json,
                  fields -> {
                    images.seals().writeFields(fields);
                    fields.name("signature").value(isSigned ? wanted.fileName() + ".sig" : null);
                  });
            }));
  }
}
