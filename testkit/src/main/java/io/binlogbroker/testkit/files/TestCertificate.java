package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate with its key, created with the JDK's keytool, as PEM files. */
public record TestCertificate(Path certificate, Path privateKey) {
  private static final String PASSWORD = "changeit";

  /** Creates a certificate with a subject alternative name, such as {@code ip:127.0.0.1}. */
  public static TestCertificate make(Path folder, String name, String alternativeName) {
    Path store = folder.resolve(name + ".p12");
    new Command(folder, keytool(name, alternativeName, store)).run();
    try {
      return readFrom(store, folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new ServerException("Expected " + store + " to contain a key and its certificate", e);
    }
  }

  /** A context for clients that trust this certificate alone. */
  public SSLContext trusting() {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "it", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new ServerException("Expected " + certificate + " to be a certificate", e);
    }
  }

  private static List<String> keytool(String name, String alternativeName, Path store) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "it",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "san=" + alternativeName,
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString());
  }

  private static TestCertificate readFrom(Path store, Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey("it", PASSWORD.toCharArray());
    byte[] certificate = keys.getCertificate("it").getEncoded();
    return new TestCertificate(
        pem(folder.resolve(name + "-cert.pem"), "CERTIFICATE", certificate),
        pem(folder.resolve(name + "-key.pem"), "PRIVATE KEY", key.getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
