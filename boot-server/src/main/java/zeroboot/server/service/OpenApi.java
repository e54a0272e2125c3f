package zeroboot.server.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import zeroboot.script.ZbootVersion;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;
import zeroboot.spec.TargetFirmware;

/** What the API is, for programs that make clients of it: OpenAPI 3.1, from the settings table. */
final class OpenApi {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final String BINARY = "application/octet-stream";

  /** What can be had of an image: the end of its path, what it is, its media type. */
  private record Part(String end, String name, String summary, String type) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("", "getImage", "The image itself", BINARY),
          new Part("/sha256", "getChecksum", "Its SHA-256, as sha256sum -c reads it", TEXT),
          new Part(
              "/signature",
              "getSignature",
              "Its detached signature (CMS, DER); 404 without a key",
              "application/pkcs7-signature"),
          new Part("/receipt", "getReceipt", "What it is, for programs", JSON));

  private static final Map<String, String> ERRORS =
      Map.of(
          "400", "Something asked for is not acceptable; detail says what, and how to mend it",
          "404", "There is no such thing",
          "429", "Too many requests; Retry-After says for how long",
          "503", "Too many downloads are under way; Retry-After says for how long");

  private OpenApi() {}

  /**
   * The document.
   *
   * @param base URL of this server, without a slash at its end
   * @param hasKernels whether it gives out kernels, too
   */
  static String document(String base, boolean hasKernels) {
    return ApiJson.text(
        json -> {
          json.name("openapi").value("3.1.0");
          json.name("info").beginObject();
          json.name("title").value("Boot media for Zero-OS nodes");
          json.name("version").value("1." + ZbootVersion.current());
          json.name("description")
              .value("Images with farm ID and settings inside, made as they are asked for.");
          json.name("license").beginObject();
          json.name("name").value("Apache License 2.0");
          json.name("identifier").value("Apache-2.0");
          json.endObject().endObject();
          json.name("servers").beginArray().beginObject();
          json.name("url").value(base).endObject().endArray();
          json.name("security").beginArray().endArray();
          json.name("paths").beginObject();
          for (Part part : PARTS) {
            json.name(Replies.API + "images/{form}" + part.end()).beginObject();
            imageOperation(json, part);
            json.endObject();
          }
          simple(json, "settings", "listSettings", "Every setting, and what it may be");
          if (hasKernels) {
            OpenApiKernels.write(json);
          }
          simple(json, "openapi.json", "getDescription", "This document");
          json.endObject();
          components(json);
        });
  }

  private static void imageOperation(JsonWriter json, Part part) throws IOException {
    json.name("get").beginObject();
    json.name("operationId").value(part.name());
    json.name("summary").value(part.summary());
    json.name("parameters").beginArray();
    reference(json, "#/components/parameters/form");
    reference(json, "#/components/parameters/firmware");
    if (part.end().isEmpty()) {
      reference(json, "#/components/parameters/v");
    }
    for (Setting setting : Setting.values()) {
      reference(json, "#/components/parameters/" + setting.key());
    }
    json.endArray();
    responses(json, part.summary(), part.type());
    json.endObject();
  }

  static void simple(JsonWriter json, String name, String id, String summary) throws IOException {
    json.name(Replies.API + name).beginObject().name("get").beginObject();
    json.name("operationId").value(id);
    json.name("summary").value(summary);
    responses(json, summary, JSON);
    json.endObject().endObject();
  }

  private static void responses(JsonWriter json, String summary, String type) throws IOException {
    json.name("responses").beginObject();
    json.name("200").beginObject();
    json.name("description").value(summary);
    json.name("content").beginObject().name(type).beginObject();
    json.name("schema").beginObject();
    if (type.equals(JSON)) {
      json.name("type").value("object");
    } else if (type.equals(TEXT)) {
      json.name("type").value("string");
    }
    json.endObject().endObject().endObject().endObject();
    for (String status : List.of("400", "404", "429", "503")) {
      json.name(status);
      reference(json, "#/components/responses/" + status);
    }
    json.endObject();
  }

  private static void components(JsonWriter json) throws IOException {
    json.name("components").beginObject();
    json.name("parameters").beginObject();
    parameter(json, "form", "path", "What it is");
    json.name("schema").beginObject().name("type").value("string");
    words(json, "enum", Wanted.forms());
    json.endObject().endObject();
    parameter(json, "firmware", "query", "What it shall boot; all that the form can if missing");
    json.name("schema").beginObject().name("type").value("string");
    words(
        json,
        "enum",
        List.of(TargetFirmware.values()).stream().map(TargetFirmware::shown).toList());
    json.endObject().endObject();
    parameter(
        json, "v", "query", "The ETag without its quotes: the answer may then be kept for ever");
    json.name("schema").beginObject().name("type").value("string").endObject().endObject();
    for (Setting setting : Setting.values()) {
      parameter(json, setting.key(), "query", setting.description());
      schema(json, setting);
      json.endObject();
    }
    json.endObject();
    json.name("responses").beginObject();
    for (String status : List.of("400", "404", "429", "503")) {
      json.name(status).beginObject();
      json.name("description").value(String.valueOf(ERRORS.get(status)));
      json.name("content").beginObject().name("application/problem+json").beginObject();
      json.name("schema");
      reference(json, "#/components/schemas/problem");
      json.endObject().endObject().endObject();
    }
    json.endObject();
    json.name("schemas").beginObject().name("problem").beginObject();
    json.name("type").value("object");
    words(json, "required", List.of("title", "status", "detail"));
    json.name("properties").beginObject();
    for (String name : List.of("title", "status", "detail")) {
      json.name(name).beginObject();
      json.name("type").value(name.equals("status") ? "integer" : "string").endObject();
    }
    json.endObject().endObject().endObject();
    json.name("securitySchemes").beginObject().name("token").beginObject();
    json.name("type").value("http");
    json.name("scheme").value("bearer");
    json.endObject().endObject().endObject();
  }

  /** Leaves the object open, for its schema. */
  private static void parameter(JsonWriter json, String name, String place, String what)
      throws IOException {
    json.name(name).beginObject();
    json.name("name").value(name);
    json.name("in").value(place);
    if (place.equals("path")) {
      json.name("required").value(true);
    }
    json.name("description").value(what);
  }

  private static void schema(JsonWriter json, Setting setting) throws IOException {
    json.name("schema").beginObject();
    if (setting.isRepeatable()) {
      json.name("type").value("array");
      json.name("items").beginObject();
      value(json, setting);
      json.endObject();
    } else {
      value(json, setting);
    }
    json.endObject();
  }

  private static void value(JsonWriter json, Setting setting) throws IOException {
    SettingType type = setting.type();
    switch (type.shape()) {
      case FLAG -> json.name("type").value("boolean");
      case NUMBER -> {
        json.name("type").value("integer");
        json.name("minimum").value(type.min());
        json.name("maximum").value(type.max());
        if (setting.otherwise().isPresent()) {
          json.name("default").value(Long.parseLong(setting.otherwise().get()));
        }
      }
      case TEXT -> {
        json.name("type").value("string");
        if (!type.choices().isEmpty()) {
          words(json, "enum", type.choices());
        }
        if (setting.otherwise().isPresent()) {
          json.name("default").value(setting.otherwise().get());
        }
      }
    }
  }

  private static void words(JsonWriter json, String name, List<String> words) throws IOException {
    json.name(name).beginArray();
    for (String word : words) {
      json.value(word);
    }
    json.endArray();
  }

  private static void reference(JsonWriter json, String to) throws IOException {
    json.beginObject().name("$ref").value(to).endObject();
  }
}
