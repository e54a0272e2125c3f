package zeroboot.server.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import zeroboot.spec.GridNetwork;

/** The part of the API's description that is of kernels. */
final class OpenApiKernels {
  private OpenApiKernels() {}

  /** Paths, into the object of paths that was begun. */
  static void write(JsonWriter json) throws IOException {
    OpenApi.simple(json, "kernels", "listKernels", "The kernels that are here");
    put(json, "kernels/{name}", "name", "putKernel", List.of());
    List<String> networks =
        List.of(GridNetwork.values()).stream().map(each -> each.runMode() + ".efi").toList();
    put(json, "kernels/net/{network}", "network", "putNetworkKernel", networks);
  }

  private static void put(
      JsonWriter json, String path, String parameter, String id, List<String> choices)
      throws IOException {
    json.name(Replies.API + path).beginObject().name("put").beginObject();
    json.name("operationId").value(id);
    json.name("summary").value("Put a kernel here: what is sent, or one that is here already");
    json.name("security").beginArray().beginObject();
    json.name("token").beginArray().endArray().endObject().endArray();
    json.name("parameters").beginArray().beginObject();
    parameter(json, parameter, "path", "Its name");
    json.name("required").value(true);
    schema(json, choices);
    json.endObject().beginObject();
    parameter(json, "from", "query", "The kernel that is here already; nothing is sent then");
    schema(json, List.of());
    json.endObject().beginObject();
    parameter(json, "sha256", "query", "What it has to be, in hexadecimal");
    schema(json, List.of());
    json.endObject().endArray();
    json.name("requestBody").beginObject().name("content").beginObject();
    json.name("application/octet-stream").beginObject().endObject();
    json.endObject().endObject();
    json.name("responses").beginObject();
    said(json, "201", "It is here, whole");
    said(json, "401", "The token is missing or wrong");
    said(json, "422", "It is not as it has to be; nothing was changed");
    said(json, "429", "Too many wrong tokens");
    json.endObject().endObject().endObject();
  }

  private static void parameter(JsonWriter json, String name, String place, String what)
      throws IOException {
    json.name("name").value(name);
    json.name("in").value(place);
    json.name("description").value(what);
  }

  private static void schema(JsonWriter json, List<String> choices) throws IOException {
    json.name("schema").beginObject().name("type").value("string");
    if (!choices.isEmpty()) {
      json.name("enum").beginArray();
      for (String choice : choices) {
        json.value(choice);
      }
      json.endArray();
    }
    json.endObject();
  }

  private static void said(JsonWriter json, String status, String what) throws IOException {
    json.name(status).beginObject().name("description").value(what).endObject();
  }
}
