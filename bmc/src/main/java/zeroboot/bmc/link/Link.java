package zeroboot.bmc.link;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/**
 * Requests to one controller. Follows its redirections within itself, with the method kept; waits
 * where it says that it is busy; asks again what only reads. What changes something and is not
 * answered is never repeated here: who asked has to look first.
 */
final class Link {
  private static final int MOST_REDIRECTIONS = 4;
  private static final int MOST_READS = 3;
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST_WAIT = 30;

  private final BmcAddress address;
  private final Vouching vouching;
  private final Times times;
  private final Executor threads;
  private final HttpClient client;
  private final Patience whole;

  Link(BmcAddress address, Vouching vouching, Times times, Executor threads) {
    this.address = address;
    this.vouching = vouching;
    this.times = times;
    this.threads = threads;
    whole = new Patience(address, times.whole());
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(times.connect())
            .sslContext(vouching.context())
            .executor(threads)
            .build();
  }

  /** A request, without what proves who asks. */
  record Call(
      String method,
      String path,
      Optional<JsonObject> body,
      Map<String, String> headers,
      Duration patience) {
    boolean isRead() {
      return method.equals("GET");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }

    private Call to(String other) {
      return new Call(method, other, body, headers, patience);
    }
  }

  Answer send(Call call, Map<String, String> proof) {
    return send(call, proof, whole);
  }

  /** The last one, which ends a session, in a short time of its own. */
  Answer sendLast(Call call, Map<String, String> proof) {
    return send(call, proof, new Patience(address, Optional.of(Deadline.after(times.connect()))));
  }

  private Answer send(Call call, Map<String, String> proof, Patience patience) {
    Call next = call;
    long deadline = System.nanoTime() + times.busy().toNanos();
    int redirections = 0;
    while (true) {
      Answer answer = once(next, proof, patience);
      boolean moved =
          answer.status() == 307
              || answer.status() == 308
              || (call.isRead() && answer.status() / 100 == 3 && answer.status() != 304);
      if (moved && redirections++ < MOST_REDIRECTIONS) {
        next = next.to(within(answer));
      } else if (isBusy(answer) && System.nanoTime() < deadline) {
        patience.putOff(answer.status(), wait(answer));
      } else {
        return answer;
      }
    }
  }

  /**
   * Likewise, to its end even if this thread is interrupted meanwhile: who knows of no answer to a
   * login cannot end the session.
   */
  Answer sendWhole(Call call) {
    CompletableFuture<Answer> sent =
        CompletableFuture.supplyAsync(() -> send(call, Map.of()), threads);
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return sent.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof BmcException known) {
            throw known;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where to look instead: another machine would be told the token. */
  private String within(Answer answer) {
    String place = answer.location().orElse("");
    try {
      URI uri = URI.create(place);
      boolean same =
          uri.getHost() == null
              || (uri.getHost().equalsIgnoreCase(address.host())
                  && "https".equals(uri.getScheme()));
      if (same && uri.getRawPath() != null && uri.getRawPath().startsWith("/")) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      }
    } catch (IllegalArgumentException e) {
      // as below
    }
    throw BmcException.of(
        BmcException.Kind.CANNOT,
        "it sends us to '" + place + "', which is not the controller",
        "look at its network settings");
  }

  /** RFC 9110 section 15.6.4; a limit of sessions is something else, and waiting seldom helps. */
  private static boolean isBusy(Answer answer) {
    boolean busy = answer.status() == 503 || answer.status() == 429;
    return busy && !Trouble.of(answer).is("RAC0218", "SessionLimitExceeded");
  }

  private Duration wait(Answer answer) {
    String said = answer.headers().getOrDefault("retry-after", "");
    return said.matches("\\d{1,4}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(said), LONGEST_WAIT))
        : times.poll();
  }

  private Answer once(Call call, Map<String, String> proof, Patience patience) {
    IOException last = null;
    for (int i = 0; i < (call.isRead() ? MOST_READS : 1); i++) {
      if (i > 0) {
        times.pause();
      }
      try {
        return exchange(
            call, proof, patience.asks(call.toString(), call.patience(), call.isRead()));
      } catch (SSLException e) {
        last = e;
        if (isCertificate(e)) {
          break;
        }
      } catch (IOException e) {
        last = e;
      }
    }
    throw failed(call, last == null ? new IOException("no try") : last);
  }

  /** Paths, tags and tokens come from the controller, which may be broken. */
  private HttpRequest request(Call call, Map<String, String> proof, Duration patience) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address.uri(call.path()))
              .timeout(patience)
              .header("Accept", "application/json")
              .header("OData-Version", "4.0")
              .header("User-Agent", "zboot");
      call.headers().forEach(request::header);
      proof.forEach(request::header);
      if (call.body().isPresent()) {
        request.header("Content-Type", "application/json");
        request.method(
            call.method(), HttpRequest.BodyPublishers.ofString(call.body().get().toString()));
      } else {
        request.method(call.method(), HttpRequest.BodyPublishers.noBody());
      }
      return request.build();
    } catch (IllegalArgumentException e) {
      // Not with what e says: the token may be in it.
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          "it names '" + call.path() + "', or a tag or token, that cannot be sent back to it",
          "its firmware is broken: update it or restart the controller");
    }
  }

  private Answer exchange(Call call, Map<String, String> proof, Duration patience)
      throws IOException {
    HttpRequest request = request(call, proof, patience);
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] bytes = read(in, patience);
        Map<String, String> headers = new HashMap<>();
        response
            .headers()
            .map()
            .forEach(
                (name, values) ->
                    headers.put(
                        name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.get(0)));
        return new Answer(
            response.statusCode(), Map.copyOf(headers), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BmcException.of(
          BmcException.Kind.INTERRUPTED, "interrupted", "run it again: it goes on");
    }
  }

  /** The time limit of a request ends with its head: an answer may still stop in its middle. */
  private static byte[] read(InputStream in, Duration patience) throws IOException {
    Alarm alarm = Alarm.after(patience, in);
    try {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw alarm.isOver() ? new HttpTimeoutException("its answer stopped in the middle") : e;
    } finally {
      alarm.off();
    }
  }

  private static boolean isCertificate(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof java.security.cert.CertificateException) {
        return true;
      }
    }
    return false;
  }

  private BmcException failed(Call call, IOException why) {
    if (isCertificate(why)) {
      return vouching.refused();
    }
    if (call.isRead() || why instanceof java.net.ConnectException) {
      return silent(address, why, times);
    }
    return BmcException.of(
        BmcException.Kind.UNKNOWN,
        "the connection broke before it answered (" + reason(why) + ")",
        "whether it was done is not known");
  }

  static BmcException silent(BmcAddress address, IOException why, Times times) {
    return BmcException.of(
        BmcException.Kind.SILENT,
        address + " does not answer (" + reason(why) + ")",
        "is the address right, and does its network reach this machine?"
            + (why instanceof HttpTimeoutException
                ? " Waited " + times.connect().toSeconds() + " s"
                : ""));
  }

  private static String reason(IOException why) {
    String said = why.getMessage();
    return said == null ? why.getClass().getSimpleName() : said;
  }
}
