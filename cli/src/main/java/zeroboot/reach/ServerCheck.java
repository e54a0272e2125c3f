package zeroboot.reach;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import zeroboot.ground.ZbootException;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.efi.AuthenticodeSignature;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.KernelUrl;

/** Fetches the beginning of a kernel as a node would, and tells what happens on the way. */
public final class ServerCheck {
  /** iPXE follows without end; no server that works sends further than this. */
  private static final int MOST_REDIRECTIONS = 10;

  private static final String TLS = "TLS";

  private final Means means;
  private final Trust secureBoot;
  private final Instant now;
  private final Limits limits;

  /**
   * A check.
   *
   * @param means what the node's iPXE can do
   * @param secureBoot whose kernels the node starts; {@link Trust#NOBODY} if it asks nobody
   * @param now for certificates that expire
   */
  public ServerCheck(Means means, Trust secureBoot, Instant now, Limits limits) {
    this.means = means;
    this.secureBoot = secureBoot;
    this.now = now;
    this.limits = limits;
  }

  /** What was found out, in the order of the way; the way ends at the first thing that stops it. */
  public List<Found> look(KernelUrl url) {
    List<Found> found = new ArrayList<>();
    Set<URI> been = new LinkedHashSet<>();
    Optional<URI> next = Optional.of(URI.create(url.value()));
    while (next.isPresent()) {
      URI here = next.get();
      if (!been.add(here)) {
        found.add(Found.failed("redirection", "goes in a circle: back to " + here));
        break;
      }
      if (been.size() > MOST_REDIRECTIONS) {
        found.add(Found.failed("redirection", "goes on without end: " + here));
        break;
      }
      next = step(here, found);
    }
    return found;
  }

  /** Looks at one URL; where it sends to, if it does. */
  private Optional<URI> step(URI uri, List<Found> found) {
    boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() < 0 ? (encrypted ? 443 : 80) : uri.getPort();
    List<InetAddress> addresses = Hosts.lookUp(uri.getHost(), found);
    Optional<Socket> plain = Hosts.connect(addresses, port, limits, found);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    try (Socket connection = plain.get()) {
      if (!encrypted) {
        return answer(uri, connection, found);
      }
      Optional<TlsSession> session = handshake(uri, connection, found);
      if (session.isEmpty()) {
        return Optional.empty();
      }
      try (Socket socket = session.get().socket()) {
        List<Found> certificates =
            Certificates.look(session.get().chain(), bare(uri.getHost()), now, means);
        found.addAll(certificates);
        boolean accepted =
            certificates.stream().noneMatch(one -> one.result() == Found.Result.FAILED);
        return accepted ? answer(uri, socket, found) : Optional.empty();
      }
    } catch (IOException e) {
      found.add(Found.failed("connection", Hosts.why(e)));
      return Optional.empty();
    }
  }

  /** An IPv6 address without its brackets. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Optional<TlsSession> handshake(URI uri, Socket connection, List<Found> found) {
    String host = bare(uri.getHost());
    int port = connection.getPort();
    InetAddress address = connection.getInetAddress();
    try {
      TlsSession session =
          TlsSession.open(connection, host, port, TlsSession.TLS_1_2, means::offers);
      String suite = session.socket().getSession().getCipherSuite();
      found.add(Found.ok(TLS, "version 1.2, " + suite));
      return Optional.of(session);
    } catch (IOException e) {
      found.add(Found.failed(TLS, why(e, host, port, address)));
      return Optional.empty();
    }
  }

  /** Tries what iPXE cannot do, to learn what it would have to. */
  private String why(IOException failure, String host, int port, InetAddress address) {
    Optional<TlsSession> other =
        attempt(host, port, address, TlsSession.TLS_1_2, suite -> !suite.contains("_anon_"));
    if (other.isPresent()) {
      X509Certificate server = other.get().chain().get(0);
      return means.takesEcdsa() || !server.getPublicKey().getAlgorithm().equals("EC")
          ? "no cipher suite in common: the server chose "
              + other.get().socket().getSession().getCipherSuite()
              + ", which "
              + means.name()
              + " does not know"
          : "the server's key is for "
              + Certificates.key(server.getPublicKey())
              + ", and "
              + means.name()
              + " takes RSA alone: give the server an RSA certificate, or the image an iPXE that"
              + " takes both (--core 2.0.0)";
    }
    if (attempt(host, port, address, TlsSession.TLS_1_3, suite -> true).isPresent()) {
      return "the server speaks version 1.3 alone, iPXE 1.2: allow that too on the server";
    }
    return "no handshake: " + Hosts.why(failure);
  }

  private Optional<TlsSession> attempt(
      String host, int port, InetAddress address, String version, Predicate<String> suites) {
    try (Socket socket = Hosts.open(address, port, limits)) {
      return Optional.of(TlsSession.open(socket, host, port, version, suites));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<URI> answer(URI uri, Socket socket, List<Found> found) throws IOException {
    boolean whole = !secureBoot.anchors().isEmpty();
    HttpAnswer answer =
        HttpAnswer.ask(
            new BufferedInputStream(socket.getInputStream()),
            socket.getOutputStream(),
            uri,
            means.core().version(),
            whole ? limits.largest() : KernelHead.LENGTH);
    Optional<String> location = answer.location();
    if (location.isPresent()) {
      return redirected(uri, answer.status(), location.get(), found);
    }
    found.addAll(answer.found(limits.largest()));
    if (answer.isOk()) {
      found.addAll(KernelHead.look(answer.body()));
      boolean good = found.stream().noneMatch(one -> one.result() == Found.Result.FAILED);
      if (whole && good) {
        found.add(signature(answer.body()));
      }
    }
    return Optional.empty();
  }

  private static Optional<URI> redirected(
      URI from, int status, String location, List<Found> found) {
    URI to;
    try {
      to = from.resolve(location);
      KernelUrl.parse(to.toString());
    } catch (IllegalArgumentException | ZbootException e) {
      found.add(Found.failed("redirection", status + " to " + location + ", which is not a URL"));
      return Optional.empty();
    }
    boolean open =
        "https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme());
    found.add(
        open
            ? Found.note("redirection", status + " to " + to + ", which is not encrypted")
            : Found.ok("redirection", status + " to " + to));
    return Optional.of(to);
  }

  private Found signature(byte[] kernel) {
    String about = "Secure Boot";
    if (kernel.length == limits.largest()) {
      return Found.failed(about, "is larger than " + limits.largest() + " bytes: not looked at");
    }
    List<AuthenticodeSignature> all;
    try {
      all = Authenticode.signatures("kernel", kernel);
    } catch (ZbootException e) {
      return Found.failed(about, String.valueOf(e.getMessage()));
    }
    if (all.isEmpty()) {
      return Found.failed(about, "nobody signed the kernel");
    }
    List<String> others = new ArrayList<>();
    for (AuthenticodeSignature one : all) {
      String signer =
          one.signer().map(who -> who.getSubjectX500Principal().getName()).orElse("somebody");
      if (one.signer().isPresent()
          && one.isIntact()
          && secureBoot.reaches(
              one.signer().get(),
              one.others(),
              one.signer().get().getNotBefore().toInstant())) { // firmware asks for no time
        return Found.ok(about, "signed by " + signer);
      }
      others.add(signer + one.problem().map(what -> " (" + what + ")").orElse(""));
    }
    return Found.failed(
        about, "signed by " + String.join(", ", others) + ", not by whom --secure-boot-cert names");
  }
}
