package zeroboot.bmc.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import zeroboot.ground.ZbootException;

/**
 * Whom the owner trusts to vouch for controllers.
 *
 * @param authority checks chain and name; empty if there is none and pins alone count
 * @param wantsBoth whether a controller has to show the pinned certificate even if the authority
 *     vouches for another
 */
public record BmcTrust(Optional<X509ExtendedTrustManager> authority, boolean wantsBoth) {
  /** Pins alone. */
  public static final BmcTrust PINS = new BmcTrust(Optional.empty(), false);

  /** Who decides about one controller. */
  Vouching vouching(Optional<String> pin) {
    return new Vouching(pin, authority, wantsBoth);
  }

  /** The same, of a controller whose certificate the owner has named. */
  public BmcTrust both() {
    return new BmcTrust(authority, true);
  }

  /**
   * The certificates of a file.
   *
   * @param name of the file, for errors
   * @throws ZbootException (settings) if there is none in it
   */
  public static BmcTrust authority(String name, byte[] pem) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (certificates.isEmpty()) {
        throw noCertificate(name);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate each : certificates) {
        store.setCertificateEntry("ca" + count++, each);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager trust) {
          return new BmcTrust(Optional.of(trust), false);
        }
      }
      throw new IllegalStateException("PKIX without a trust manager");
    } catch (GeneralSecurityException | IOException e) {
      throw noCertificate(name);
    }
  }

  private static ZbootException noCertificate(String name) {
    return ZbootException.settings(
        name, "holds no certificate", "give the authority's certificate in PEM");
  }

  /** Whether the authority vouches for a controller, and what it shows. */
  public record Seen(String fingerprint, boolean isVouchedFor) {}

  /**
   * Looks at the certificate of a controller; nothing is told it.
   *
   * @throws BmcException if it does not answer
   */
  public Seen look(BmcAddress address, Times times) {
    Vouching vouching = new Vouching(Optional.empty(), authority, false);
    int millis = (int) times.connect().toMillis();
    String host = address.host().replaceAll("[\\[\\]]", "");
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, address.port()), millis);
      // All of it: a limit for each read is none for one who sends a byte now and then.
      Alarm alarm = Alarm.after(times.read(), plain);
      try (SSLSocket socket =
          (SSLSocket)
              vouching
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, host, address.port(), true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Seen(vouching.shown().orElseThrow(), true);
      } finally {
        alarm.off();
      }
    } catch (IOException e) {
      String shown =
          vouching.shown().orElseThrow(() -> Link.silent(address, e, times)); // no TLS at all
      return new Seen(shown, false);
    }
  }
}
