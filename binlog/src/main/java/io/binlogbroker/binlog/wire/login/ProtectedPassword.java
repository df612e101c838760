package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.Pem;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import javax.crypto.Cipher;

/**
 * Sends the password itself, protected by TLS or otherwise by the server's RSA key, which comes
 * from a file or, if the user allows it, from the server.
 */
final class ProtectedPassword {
  private static final String PADDING = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";

  private final LoginTerms terms;
  private final byte[] keyRequest;
  private boolean keyRequested;

  ProtectedPassword(LoginTerms terms, byte[] keyRequest) {
    this.terms = terms;
    this.keyRequest = keyRequest;
  }

  /** Returns the protected password, or the request for the server's key. */
  byte[] send(byte[] scramble) throws IOException {
    Credentials credentials = terms.credentials();
    if (terms.encrypted()) {
      return credentials.passwordAndNul();
    }
    Path file = credentials.serverPublicKey();
    if (file != null) {
      return encrypt(read(file), file.toString(), scramble);
    }
    if (credentials.allowPublicKeyRetrieval()) {
      keyRequested = true;
      return keyRequest;
    }
    throw terms.refuse(
        "the server requires the password itself (as it does for an unknown user or one that is no"
            + " longer cached) and the connection is not encrypted; fix: use TLS, name a file with the"
            + " server's public key (ServerPublicKeyFile), or, if you trust the network, allow"
            + " public key retrieval (AllowPublicKeyRetrieval)");
  }

  /** Returns the password encrypted with the key that the server sent. */
  byte[] encryptWith(byte[] pem, byte[] scramble) throws IOException {
    if (!keyRequested) {
      throw new ProtocolViolationException(
          "Expected no public key from %s, which was not requested, but got %d bytes"
              .formatted(terms.address(), pem.length));
    }
    return encrypt(
        new String(pem, StandardCharsets.US_ASCII), "the reply of " + terms.address(), scramble);
  }

  private String read(Path file) throws LoginRefusedException {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new LoginRefusedException(
          "Login of '%s' at %s: cannot read the server's public key from %s (%s)"
              .formatted(terms.credentials().user(), terms.address(), file, e),
          e);
    }
  }

  private byte[] encrypt(String pem, String source, byte[] scramble) throws IOException {
    try {
      PublicKey key = Pem.publicKey(pem, source);
      Cipher cipher = Cipher.getInstance(PADDING);
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher.doFinal(Digests.xor(terms.credentials().passwordAndNul(), scramble));
    } catch (GeneralSecurityException e) {
      throw new LoginRefusedException(
          "Login of '%s' at %s: cannot use the public key from %s (%s)"
              .formatted(terms.credentials().user(), terms.address(), source, e.getMessage()),
          e);
    }
  }
}
