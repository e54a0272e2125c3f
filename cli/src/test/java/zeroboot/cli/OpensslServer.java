package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import zeroboot.testing.ForeignTool;

/**
 * A web server of openssl's on this machine. It gives out the files of its folder as they are: what
 * HTTP says stands in them.
 */
public record OpensslServer(Process process, int port) implements AutoCloseable {
  private static final Pattern ACCEPTS = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:([0-9]+)");
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /** Starts one that sends these certificates, its own first. */
  public static OpensslServer start(Path folder, List<Issued> chain, List<String> options) {
    try {
      Issued server = chain.get(0);
      Path own = Files.createTempFile(folder, "server", ".pem");
      pem(own, server.certificate(), new JcaPKCS8Generator(server.keys().getPrivate(), null));
      List<Object> others = new ArrayList<>();
      chain.stream().skip(1).map(Issued::certificate).forEach(others::add);
      List<String> command = new ArrayList<>(List.of(ForeignTool.require("openssl").path()));
      command.addAll(List.of("s_server", "-accept", "127.0.0.1:0", "-HTTP"));
      command.addAll(List.of("-cert", own.toString(), "-key", own.toString()));
      if (!others.isEmpty()) {
        Path rest = Files.createTempFile(folder, "chain", ".pem");
        pem(rest, others.toArray());
        command.addAll(List.of("-cert_chain", rest.toString()));
      }
      command.addAll(options);
      Path log = Files.createTempFile(folder, "server", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new OpensslServer(process, port(process, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Matcher accepts = ACCEPTS.matcher(Files.readString(log));
      if (accepts.find()) {
        return Integer.parseInt(accepts.group(1));
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("no server: " + Files.readString(log));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** Writes certificates and keys as PEM. */
  public static void pem(Path file, Object... objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object one : objects) {
        pem.writeObject(one);
      }
      pem.flush();
      Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
