package zeroboot.reach;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A TLS connection that came about, to whomever: the certificates are looked at afterwards, so that
 * all that is wrong with them can be told.
 *
 * @param socket over it
 * @param chain what the server sent, its own certificate first
 */
record TlsSession(SSLSocket socket, List<X509Certificate> chain) {
  /** The newest version that iPXE speaks (RFC 5246). */
  static final String TLS_1_2 = "TLSv1.2";

  static final String TLS_1_3 = "TLSv1.3";

  /**
   * Shakes hands.
   *
   * @param plain the connection; closed if this fails
   * @param host as the URL has it, for the server name indication (RFC 6066 section 3)
   * @param suites which cipher suites are offered
   * @throws IOException if the two have nothing in common, or the server hangs up
   */
  static TlsSession open(
      Socket plain, String host, int port, String version, Predicate<String> suites)
      throws IOException {
    Collector collector = new Collector();
    try {
      SSLContext context = SSLContext.getInstance(version);
      context.init(null, new TrustManager[] {collector}, null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      parameters.setCipherSuites(
          Arrays.stream(socket.getSupportedCipherSuites()).filter(suites).toArray(String[]::new));
      if (!Hosts.isAddress(host)) {
        parameters.setServerNames(List.of(new SNIHostName(host)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new TlsSession(socket, collector.chain);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      plain.close();
      throw new IOException(e);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Takes every certificate, and keeps it. */
  private static final class Collector extends X509ExtendedTrustManager {
    private List<X509Certificate> chain = List.of();

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String type, Socket socket) {
      chain = List.of(sent);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
      chain = List.of(sent);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] sent, String type) {
      chain = List.of(sent);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String type, Socket socket) {
      throw new IllegalStateException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
      throw new IllegalStateException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] sent, String type) {
      throw new IllegalStateException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
