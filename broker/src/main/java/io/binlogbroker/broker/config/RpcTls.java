package io.binlogbroker.broker.config;

import io.binlogbroker.binlog.wire.connection.Pem;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the HTTP server; the files are PEM.
 *
 * @param certFile the server's certificate, followed by those of its intermediate authorities
 * @param keyFile its private key, in PKCS#8 without a password
 */
public record RpcTls(String certFile, String keyFile) {
  public RpcTls {
    Faults faults = new Faults();
    faults.require(
        !certFile.isEmpty(), "CertFile", "missing; RPCTls needs the server's certificate");
    faults.require(
        !keyFile.isEmpty(), "KeyFile", "missing; RPCTls needs the certificate's private key");
    faults.throwIfAny();
  }

  /** Returns null where the key is absent or a fault was reported. */
  static @Nullable RpcTls from(Section parent) {
    Section section = parent.optionalObject("RPCTls");
    if (section == null) {
      return null;
    }
    String certFile = section.text("CertFile", "");
    String keyFile = section.text("KeyFile", "");
    return section.make(() -> new RpcTls(certFile, keyFile));
  }

  /**
   * Reads both files.
   *
   * @param password for the key in the returned store, which exists in memory only
   * @throws GeneralSecurityException when they are not a certificate and its key
   */
  public KeyStore keyStore(char[] password) throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(Path.of(certFile));
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey key = Pem.privateKey(Path.of(keyFile), publicKey.getAlgorithm());
    requirePair(key, publicKey);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("http", key, password, chain.toArray(Certificate[]::new));
    return store;
  }

  private void requirePair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(text);
    if (!verifier.verify(signature)) {
      throw new GeneralSecurityException(
          "Expected " + keyFile + " to be the private key of the certificate in " + certFile);
    }
  }
}
