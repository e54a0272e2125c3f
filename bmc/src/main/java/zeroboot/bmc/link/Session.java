package zeroboot.bmc.link;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A controller that we are logged in to: by a session, or by Basic where it has none (DSP0266
 * section 13.3). Closing it ends the session. A token that is lost is replaced once.
 */
public final class Session implements AutoCloseable {
  /** Of the standard; all else is found by links. */
  public static final String ROOT = "/redfish/v1/";

  /** What a session may be called: a path of one word, which a line of the log can hold. */
  private static final Pattern PATH = Pattern.compile("/[!-~]{1,500}");

  private final BmcAddress address;
  private final Login login;
  private final Link link;
  private final Times times;
  private final SessionLog log;
  private final JsonObject root;
  private Map<String, String> proof = Map.of();
  private @Nullable String path;

  private Session(
      BmcAddress address, Login login, Link link, Times times, SessionLog log, JsonObject root) {
    this.address = address;
    this.login = login;
    this.link = link;
    this.times = times;
    this.log = log;
    this.root = root;
  }

  /**
   * Logs in.
   *
   * @param pin fingerprint of its certificate; empty if the authority has to vouch
   * @param threads for what its connections need
   * @throws BmcException if it does not answer, is not the one, or does not let us in
   */
  public static Session open(
      BmcAddress address,
      Login login,
      Optional<String> pin,
      BmcTrust trust,
      Times times,
      SessionLog log,
      Executor threads) {
    Link link = new Link(address, trust.vouching(pin), times, threads);
    Answer root = link.send(call("GET", ROOT, Optional.empty(), times.read()), Map.of());
    if (!root.isGood() || root.json().size() == 0) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          address + " speaks no Redfish (" + Trouble.of(root).shown(root.status()) + ")",
          "is it a management controller, with Redfish switched on?");
    }
    Session session = new Session(address, login, link, times, log, root.json());
    try {
      session.logIn();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Ends, without a session of our own, one that an earlier run left open: it may hold the last
   * place there is.
   *
   * @return whether it is gone
   */
  public static boolean end(
      BmcAddress address,
      Login login,
      Optional<String> pin,
      BmcTrust trust,
      Times times,
      Executor threads,
      String session) {
    Link link = new Link(address, trust.vouching(pin), times, threads);
    try {
      Answer answer =
          link.send(
              call("DELETE", session, Optional.empty(), times.read()),
              Map.of("Authorization", login.password().basic(login.user())));
      return answer.isGood() || answer.status() == 404;
    } catch (BmcException e) {
      return false;
    }
  }

  private static Link.Call call(
      String method, String path, Optional<JsonObject> body, Duration patience) {
    return new Link.Call(method, path, body, Map.of(), patience);
  }

  private void logIn() {
    Optional<String> sessions = Fields.link(Fields.object(root, "Links"), "Sessions");
    if (sessions.isEmpty()) {
      proof = Map.of("Authorization", login.password().basic(login.user()));
      return;
    }
    Answer answer =
        link.sendWhole(
            call(
                "POST",
                sessions.get(),
                Optional.of(login.password().login(login.user())),
                times.read()));
    if (!answer.isGood()) {
      throw notLetIn(answer);
    }
    String token = answer.headers().get("x-auth-token");
    // Half a login has to be ended, too.
    proof =
        token == null
            ? Map.of("Authorization", login.password().basic(login.user()))
            : Map.of("X-Auth-Token", token);
    String made = answer.location().or(() -> Fields.text(answer.json(), "@odata.id")).orElse("");
    // Some give the whole address.
    String whole = made.replaceFirst("^https?://[^/]+", "");
    path = isPath(whole) ? whole : "";
    if (token == null) {
      throw notLetIn(answer);
    }
    if (!path.isEmpty()) {
      log.opened(address, path);
    }
  }

  /** Whether a text can be the path of a session. */
  public static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }

  /** A text of the controller without what nobody else may know, should it repeat that. */
  private String without(String text) {
    String masked = text;
    List<String> secrets = new ArrayList<>(proof.values());
    secrets.add(login.password().basic(login.user()));
    for (String secret : secrets) {
      String word = secret.replaceFirst("^Basic ", "");
      masked = word.isBlank() ? masked : masked.replace(word, Secret.STARS);
    }
    return login.password().without(masked);
  }

  private BmcException notLetIn(Answer answer) {
    String said = Trouble.of(answer, this::without).shown(answer.status());
    boolean full = answer.status() == 503;
    return BmcException.of(
        BmcException.Kind.LOGIN,
        (full ? "all its sessions are taken: " : "it does not let '" + login.user() + "' in: ")
            + said,
        full
            ? "end one in its web page, or wait half an hour"
            : "are user and password right, and may the user log in by Redfish?");
  }

  /** Where it is. */
  public BmcAddress address() {
    return address;
  }

  /** What the root says: maker, product, links. */
  public JsonObject root() {
    return root;
  }

  /** How patient we are. */
  public Times times() {
    return times;
  }

  /**
   * Reads a resource.
   *
   * @throws BmcException (refused) if it is not given
   */
  public Answer get(String resource) {
    Answer answer = ask("GET", resource, Optional.empty(), Map.of(), times.read());
    if (!answer.isGood()) {
      throw refused("to read " + resource, answer);
    }
    return answer;
  }

  /** Changes a resource; the answer may be a refusal. */
  public Answer patch(String resource, JsonObject body, Optional<String> tag) {
    return ask(
        "PATCH",
        resource,
        Optional.of(body),
        tag.map(value -> Map.of("If-Match", value)).orElse(Map.of()),
        times.insert());
  }

  /** Asks for an action; the answer may be a refusal. */
  public Answer post(String resource, JsonObject body) {
    return ask("POST", resource, Optional.of(body), Map.of(), times.insert());
  }

  private Answer ask(
      String method,
      String resource,
      Optional<JsonObject> body,
      Map<String, String> headers,
      Duration patience) {
    Link.Call call = new Link.Call(method, resource, body, headers, patience);
    Answer answer = link.send(call, proof);
    if (answer.status() == 401 && path != null) {
      if (!path.isEmpty()) {
        log.ended(address, path);
      }
      path = null;
      logIn();
      answer = link.send(call, proof);
    }
    if (answer.status() == 401) {
      throw notLetIn(answer);
    }
    return answer;
  }

  /** A refusal in one line, without password and token. */
  public BmcException refused(String what, Answer answer) {
    return BmcException.refused(what, answer.status(), Trouble.of(answer, this::without));
  }

  /**
   * Ends a session that an earlier run left open.
   *
   * @return whether it is gone
   */
  public boolean end(String session) {
    try {
      Answer answer = ask("DELETE", session, Optional.empty(), Map.of(), times.read());
      boolean gone = answer.isGood() || answer.status() == 404;
      if (gone) {
        log.ended(address, session);
      }
      return gone;
    } catch (BmcException e) {
      return false;
    }
  }

  @Override
  public void close() {
    String mine = path;
    path = null;
    if (mine == null || mine.isEmpty()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      Link.Call call = call("DELETE", mine, Optional.empty(), times.connect());
      Answer answer = link.sendLast(call, proof);
      if (answer.isGood() || answer.status() == 404 || answer.status() == 401) {
        log.ended(address, mine);
      }
    } catch (BmcException e) {
      // It stays in the log: the next run ends it.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
