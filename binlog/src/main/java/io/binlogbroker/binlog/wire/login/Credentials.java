package io.binlogbroker.binlog.wire.login;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The user and password, and how the password may be sent if the connection is not encrypted:
 * encrypted with the public key in {@code serverPublicKey}, or with one requested from the server
 * if {@code allowPublicKeyRetrieval} is true. Retrieval is optional because a man in the middle
 * could supply its own key. {@code allowCleartextPasswords} allows the server to request the
 * password in clear text, over TLS with a verified certificate.
 */
public record Credentials(
    String user,
    String password,
    boolean allowPublicKeyRetrieval,
    @Nullable Path serverPublicKey,
    boolean allowCleartextPasswords) {

  public Credentials(String user, String password) {
    this(user, password, false, null);
  }

  public Credentials(
      String user,
      String password,
      boolean allowPublicKeyRetrieval,
      @Nullable Path serverPublicKey) {
    this(user, password, allowPublicKeyRetrieval, serverPublicKey, false);
  }

  byte[] passwordBytes() {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  /** The password and a zero byte, as it is sent under TLS or encrypted with a key. */
  byte[] passwordAndNul() {
    return (password + "\0").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
