package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code caching_sha2_password}: a SHA-256 proof if the server has cached the account (fast
 * authentication), otherwise the password itself, protected by TLS or the server's RSA key (full
 * authentication).
 */
final class CachingSha2Password implements LoginMethod {
  private static final byte[] REQUEST_KEY = {2};
  private static final int FAST_ACCEPTED = 3;
  private static final int FULL_REQUIRED = 4;

  private final LoginTerms terms;
  private final ProtectedPassword protectedPassword;
  private byte[] scramble = new byte[0];

  CachingSha2Password(LoginTerms terms) {
    this.terms = terms;
    this.protectedPassword = new ProtectedPassword(terms, REQUEST_KEY);
  }

  @Override
  public byte[] answer(byte[] scramble) {
    this.scramble = scramble;
    byte[] password = terms.credentials().passwordBytes();
    if (password.length == 0) {
      return password;
    }
    byte[] hash = Digests.sha256(password);
    return Digests.xor(hash, Digests.sha256(Digests.sha256(hash), scramble));
  }

  @Override
  public byte @Nullable [] more(byte[] data) throws IOException {
    if (data.length != 1) {
      return protectedPassword.encryptWith(data, scramble);
    }
    return switch (data[0]) {
      case FAST_ACCEPTED -> null;
      case FULL_REQUIRED -> protectedPassword.send(scramble);
      default ->
          throw new ProtocolViolationException(
              "Expected 3 or 4 from caching_sha2_password at %s but got %d"
                  .formatted(terms.address(), data[0]));
    };
  }
}
