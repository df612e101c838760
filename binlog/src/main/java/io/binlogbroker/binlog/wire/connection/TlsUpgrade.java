package io.binlogbroker.binlog.wire.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Starts TLS on an open socket, with the verification that the options require. */
public final class TlsUpgrade {
  private static final char[] NO_PASSWORD = new char[0];

  private static final String GENERAL_ADVICE =
      "check which TLS versions the server allows and whether it trusts the client certificate";

  private final TlsOptions options;
  private final ServerAddress address;

  public TlsUpgrade(TlsOptions options, ServerAddress address) {
    this.options = options;
    this.address = address;
  }

  /**
   * Performs the handshake. A server may close the connection instead of sending a TLS alert, as
   * does a server that restarts, so a closed connection counts as temporary.
   */
  SSLSocket start(Socket raw) throws IOException {
    SSLContext context = context();
    try {
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(raw, address.host(), address.port(), true);
      if (options.mode() == TlsMode.VERIFY_IDENTITY) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return socket;
    } catch (SSLException e) {
      throw isDisconnect(e) ? disconnected(e) : failed(e);
    } catch (IOException e) {
      throw disconnected(e);
    }
  }

  /** Whether the peer closed the connection without a TLS alert. */
  public static boolean isDisconnect(SSLException e) {
    return e.getCause() instanceof EOFException;
  }

  private TlsFailedException failed(SSLException e) {
    return new TlsFailedException(
        "TLS with %s failed (%s), mode %s; %s"
            .formatted(address, e.getMessage(), options.mode(), advice()),
        e);
  }

  private ConnectionLostException disconnected(IOException e) {
    return new ConnectionLostException(
        "The connection to %s was closed during the TLS handshake (%s); if this happens again, %s"
            .formatted(address, e.getMessage(), GENERAL_ADVICE),
        e);
  }

  private String advice() {
    return switch (options.mode()) {
      case VERIFY_CA -> "check that the CA file contains the CA of the server's certificate";
      case VERIFY_IDENTITY ->
          "check that the CA file contains the CA of the server's certificate and that the"
              + " certificate is for the name "
              + address.host();
      case DISABLED, PREFERRED, REQUIRED -> GENERAL_ADVICE;
    };
  }

  private SSLContext context() throws TlsFailedException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsFailedException(
          "Cannot use the TLS files given for %s: %s".formatted(address, e), e);
    }
  }

  private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
    if (!options.mode().verifies()) {
      return new TrustManager[] {new AnyCertificate()};
    }
    Path authorities = options.authorities();
    if (authorities == null) {
      return null; // the JVM's default
    }
    KeyStore store = emptyStore();
    List<X509Certificate> certificates = Pem.certificates(authorities);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
    Path certificate = options.certificate();
    Path privateKey = options.privateKey();
    if (certificate == null || privateKey == null) {
      return null;
    }
    X509Certificate[] chain = Pem.certificates(certificate).toArray(X509Certificate[]::new);
    PrivateKey key = Pem.privateKey(privateKey, chain[0].getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
