package io.binlogbroker.binlog.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code caching_sha2_password}: a SHA-256 proof if the server has the account in its cache (the
 * fast way), else the password itself under TLS or under the server's RSA key (the full way).
 */
final class CachingSha2Password implements LoginMethod {
  private static final byte[] ASK_FOR_KEY = {2};
  private static final int FAST_ACCEPTED = 3;
  private static final int FULL_WANTED = 4;

  private final LoginTerms terms;
  private final ShelteredPassword sheltered;
  private byte[] scramble = new byte[0];

  CachingSha2Password(LoginTerms terms) {
    this.terms = terms;
    this.sheltered = new ShelteredPassword(terms, ASK_FOR_KEY);
  }

  @Override
  public byte[] answer(byte[] scramble) {
    this.scramble = scramble;
    byte[] password = terms.credentials().passwordBytes();
    if (password.length == 0) {
      return password;
    }
    byte[] once = Digests.sha256(password);
    return Digests.xor(once, Digests.sha256(Digests.sha256(once), scramble));
  }

  @Override
  public byte @Nullable [] more(byte[] data) throws IOException {
    if (data.length != 1) {
      return sheltered.underKey(data, scramble);
    }
    return switch (data[0]) {
      case FAST_ACCEPTED -> null;
      case FULL_WANTED -> sheltered.send(scramble);
      default ->
          throw new ProtocolViolationException(
              "Expected 3 or 4 from caching_sha2_password at %s but got %d"
                  .formatted(terms.address(), data[0]));
    };
  }
}
