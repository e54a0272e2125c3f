package zeroboot.testing.bmc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A management controller on the loopback address: Redfish over HTTPS as its maker speaks it, with
 * what goes wrong at real ones. What is inserted is really fetched, and what is booted is given to
 * a {@link HostMachine}.
 */
public final class SimBmc implements AutoCloseable {
  /** Who may log in. */
  public static final String USER = "operator";

  /** With this password, which must be found nowhere. */
  public static final String PASSWORD = "tr0ub4dor&3 \"quoted\"";

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "simulated controller");
            thread.setDaemon(true);
            return thread;
          });

  private final SimWeb server;
  private final SimCertificate certificate;
  private final EnumSet<Fault> faults;
  private final SimSessions sessions;
  private final SimHost host;
  private final SimService service;
  private final Maker maker;
  private final long delayMillis;
  private final List<String> calls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final String trusted;
  private final String serial;
  private final String uuid;
  private final String managerUuid;

  private SimBmc(Builder plan) throws IOException {
    maker = plan.maker;
    faults = EnumSet.copyOf(plan.faults);
    delayMillis = plan.delayMillis;
    certificate = plan.certificate;
    trusted = plan.trusted;
    serial = plan.serial;
    uuid = plan.uuid;
    managerUuid = plan.managerUuid;
    sessions = new SimSessions(maker == Maker.DELL ? 8 : 64, this);
    host = new SimHost(this, plan.machine, plan.on);
    service = maker.service(this);
    service.prepare();
    InetAddress address = InetAddress.getByName(plan.address);
    server = new SimWeb(address, plan.port, certificate, THREADS, this::handle);
  }

  /** A controller of this maker. */
  public static Builder of(Maker maker) {
    return new Builder(maker);
  }

  /** What it is to be like. */
  public static final class Builder {
    private final Maker maker;
    private final EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    private HostMachine machine = HostMachine.NONE;
    private boolean on;
    private long delayMillis;
    private String address = "127.0.0.1";
    private int port;
    private SimCertificate certificate = SimCertificate.shared();
    private String trusted = "";
    private String serial = "SIM0001";
    private String uuid = UUID.randomUUID().toString();
    private String managerUuid = "";

    private Builder(Maker maker) {
      this.maker = maker;
    }

    /** What goes wrong. */
    public Builder with(Fault... which) {
      faults.addAll(List.of(which));
      return this;
    }

    /** The machine behind it. */
    public Builder machine(HostMachine host) {
      machine = host;
      return this;
    }

    /** The machine runs. */
    public Builder running() {
      on = true;
      return this;
    }

    /** Every answer takes so long. */
    public Builder delay(long millis) {
      delayMillis = millis;
      return this;
    }

    /** Another address of the loopback network. */
    public Builder at(String loopback, int number) {
      address = loopback;
      port = number;
      return this;
    }

    /** Another certificate. */
    public Builder certificate(SimCertificate other) {
      certificate = other;
      return this;
    }

    /** Certificates in PEM that it trusts from the start, beside those that are posted to it. */
    public Builder trusting(String pem) {
      trusted = pem;
      return this;
    }

    /** By what its machine is known; each empty for none. By itself each has a UUID of its own. */
    public Builder machineIs(String serialNumber, String systemUuid, String ofManager) {
      serial = serialNumber;
      uuid = systemUuid;
      managerUuid = ofManager;
      return this;
    }

    /** Starts it. */
    public SimBmc start() {
      try {
        return new SimBmc(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean has(Fault fault) {
    synchronized (faults) {
      return faults.contains(fault);
    }
  }

  /** Whether this fault is there, which it is once. */
  boolean once(Fault fault) {
    synchronized (faults) {
      return faults.remove(fault);
    }
  }

  /** From now on it is as it should be. */
  public void mend() {
    synchronized (faults) {
      faults.clear();
    }
  }

  String serial() {
    return serial;
  }

  String uuid() {
    return uuid;
  }

  String managerUuid() {
    return managerUuid;
  }

  SimService service() {
    return service;
  }

  SimHost host() {
    return host;
  }

  SimSessions sessions() {
    return sessions;
  }

  ImageFetcher fetcher(String url) throws IOException {
    if (has(Fault.IMAGE_UNREACHABLE)) {
      throw new IOException("no route to " + url);
    }
    String pem = trusted + service.trusted();
    return new ImageFetcher(url, pem.isEmpty() ? null : pem);
  }

  void later(Runnable work) {
    if (!closed.get()) {
      THREADS.execute(work);
    }
  }

  /** {@code 127.0.0.1:PORT}. */
  public String address() {
    InetSocketAddress bound = server.address();
    return bound.getAddress().getHostAddress() + ":" + bound.getPort();
  }

  /** Of its certificate, in hexadecimal. */
  public String fingerprint() {
    return certificate.fingerprint();
  }

  /** Whose it is. */
  public Maker maker() {
    return maker;
  }

  /** The requests so far, {@code GET /redfish/v1}. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** The requests that change something, with their bodies. */
  public List<String> changes() {
    synchronized (calls) {
      return List.copyOf(bodies);
    }
  }

  /** Sessions that are open, without those of others. */
  public int openSessions() {
    return sessions.open();
  }

  /** Whether the machine is on. */
  public boolean isOn() {
    return host.on;
  }

  /** What happened to the machine. */
  public List<String> happened() {
    return host.happened();
  }

  /** The images in its drives, by the drive. */
  public Map<String, String> inserted() {
    Map<String, String> images = new TreeMap<>();
    for (SimDrive drive : service.drives()) {
      if (drive.inserted && drive.image != null) {
        images.put(drive.id, drive.image);
      }
    }
    return images;
  }

  /** Somebody else puts an image into its first drive that takes one. */
  public void putByHand(String url) {
    service.bootable().put(url, "URI");
  }

  /** Likewise, into this drive. */
  public void putByHand(String drive, String url) {
    service.drives().stream()
        .filter(each -> each.id.equals(drive))
        .findFirst()
        .orElseThrow()
        .put(url, "URI");
  }

  private SimAnswer handle(String method, String uri, Map<String, String> headers, String body) {
    String path = uri.replaceFirst("\\?.*", "");
    synchronized (calls) {
      calls.add(method + " " + path);
      if (!method.equals("GET")) {
        bodies.add(method + " " + path + " " + (path.endsWith("/Sessions") ? "" : body));
      }
    }
    pause();
    try {
      return answer(method, path, headers, body);
    } catch (RuntimeException e) {
      return SimAnswer.text(500, "a bug of the simulator: " + e); // tests show it
    }
  }

  private void pause() {
    long millis = delayMillis + (has(Fault.SLOW) ? 300 : 0);
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SimAnswer answer(String method, String path, Map<String, String> headers, String text) {
    JsonObject body = new JsonObject();
    if (!text.isBlank()) {
      JsonElement parsed;
      try {
        parsed = JsonParser.parseString(text);
      } catch (RuntimeException e) {
        return SimAnswer.error(400, "Base.1.8.MalformedJSON", "The JSON is malformed.");
      }
      if (!parsed.isJsonObject()) {
        return SimAnswer.error(400, "Base.1.8.UnrecognizedRequestBody", "No object.");
      }
      body = parsed.getAsJsonObject();
    }
    synchronized (this) {
      return service.answer(
          new SimRequest(
              method,
              path,
              body,
              !text.isBlank(),
              headers.get("x-auth-token"),
              headers.get("authorization"),
              headers.get("if-match")));
    }
  }

  @Override
  public void close() {
    closed.set(true);
    server.close();
    host.switchOff();
  }

  /** A request. */
  record SimRequest(
      String method,
      String path,
      JsonObject body,
      boolean hasBody,
      @Nullable String token,
      @Nullable String authorization,
      @Nullable String ifMatch) {}
}
