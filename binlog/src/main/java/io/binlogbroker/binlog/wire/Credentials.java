package io.binlogbroker.binlog.wire;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in, and how the password may travel when the link is not encrypted: under a public key
 * from {@code serverPublicKey}, or under one that the server hands out if {@code
 * allowPublicKeyRetrieval} says so. Whoever sits between can hand out a key of his own, hence the
 * option. {@code allowCleartextPasswords} lets the server ask for the password as it is, over TLS
 * with a verified certificate.
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

  /** The password and a zero byte: how it is sent where the link or a key protects it. */
  byte[] passwordAndNul() {
    return (password + "\0").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
