package zeroboot.server.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import zeroboot.server.http.Answers;
import zeroboot.server.http.KernelAnswer;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.spec.GridNetwork;

/** Kernels: {@code /kernel}, and what the API says of them. */
final class KernelPages {
  private final Texts texts;
  private final Optional<KernelShelf> shelf;
  private final Optional<KernelPress> press;
  private final Optional<KernelMirror> mirror;
  private final Map<String, String> mirrored = new HashMap<>();

  KernelPages(Texts texts, KernelOptions options) {
    this.texts = texts;
    shelf = options.folder().map(KernelShelf::new);
    press =
        options
            .publishing()
            .flatMap(how -> shelf.map(folder -> new KernelPress(texts, folder, how)));
    mirror = options.mirror();
    mirror.ifPresent(
        all -> {
          for (GridNetwork each : GridNetwork.values()) {
            mirrored.put("net/" + each.runMode() + ".efi", all.add(each.kernelUrl()));
          }
        });
  }

  /** Whether there are any. */
  boolean isThere() {
    return shelf.isPresent() || mirror.isPresent();
  }

  /** Whether a request puts a kernel here, whose content is to be read then. */
  boolean isPublishing(List<String> parts, Replies reply) {
    return press.isPresent()
        && HttpMethod.PUT.is(reply.request().getMethod())
        && parts.size() > 3
        && Replies.isApi(parts)
        && parts.get(2).equals("kernels");
  }

  /** Takes one. */
  void publish(List<String> parts, InetAddress client, Replies reply) {
    press.orElseThrow().put(parts.subList(3, parts.size()), client, reply);
  }

  /** A kernel, or the list of all for people: a name in a line. */
  void answer(List<String> parts, Replies reply) {
    try {
      if (parts.size() == 1) {
        reply.text(200, Answers.TEXT, String.join("\n", names()) + "\n");
      } else {
        kernel(parts.subList(1, parts.size()), reply);
      }
    } catch (IOException e) {
      reply.text(500, texts.get("error.kernel-io"));
    }
  }

  private Iterable<String> names() throws IOException {
    return shelf.isPresent()
        ? shelf.get().all().keySet()
        : new java.util.TreeSet<>(mirrored.keySet());
  }

  private void kernel(List<String> parts, Replies reply) throws IOException {
    Optional<String> name = KernelShelf.name(parts);
    String path = name.map(mirrored::get).orElse(null);
    if (path != null && mirror.isPresent()) {
      fetch(mirror.get(), path, reply);
      return;
    }
    Optional<KernelShelf.Kernel> kernel =
        name.isPresent() && shelf.isPresent() ? shelf.get().get(name.get()) : Optional.empty();
    if (kernel.isEmpty()) {
      reply.text(404, texts.get("error.kernel"));
      return;
    }
    KernelShelf.Kernel found = kernel.get();
    reply.content(
        new Answers.Content(
            found.bytes().duplicate(),
            "\"" + found.sha256().substring(0, 32) + "\"",
            Answers.BINARY,
            "no-cache"));
  }

  private void fetch(KernelMirror all, String path, Replies reply) {
    var unused =
        all.ask(path)
            .orElseThrow()
            .whenCompleteAsync(
                (copy, failure) -> {
                  if (copy == null) {
                    reply.text(502, texts.get("error.502"));
                  } else {
                    KernelAnswer.give(reply.request(), reply.response(), reply.done(), copy);
                  }
                },
                reply.request().getComponents().getExecutor());
  }

  /** The list for programs. */
  void list(Replies reply) {
    try {
      Map<String, KernelShelf.Kernel> all = shelf.isPresent() ? shelf.get().all() : Map.of();
      reply.response().getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
      reply.text(
          200,
          Downloads.JSON,
          ApiJson.text(
              json -> {
                json.name("kernels").beginArray();
                for (Map.Entry<String, KernelShelf.Kernel> each : all.entrySet()) {
                  json.beginObject();
                  fields(json, each.getKey(), each.getValue().size(), each.getValue().sha256());
                  json.endObject();
                }
                json.endArray();
              }));
    } catch (IOException e) {
      reply.text(500, texts.get("error.kernel-io"));
    }
  }

  /** What is said of one, into an object that was begun. */
  static void fields(JsonWriter json, String name, long size, String sha256) throws IOException {
    json.name("name").value(name);
    json.name("size").value(size);
    json.name("sha256").value(sha256);
  }
}
