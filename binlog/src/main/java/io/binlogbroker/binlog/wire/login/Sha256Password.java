package io.binlogbroker.binlog.wire.login;

import java.io.IOException;

/**
 * {@code sha256_password}: always the password itself, protected by TLS or the server's RSA key.
 */
final class Sha256Password implements LoginMethod {
  private static final byte[] REQUEST_KEY = {1};
  private static final byte[] EMPTY_PASSWORD = {0};

  private final LoginTerms terms;
  private final ProtectedPassword protectedPassword;
  private byte[] scramble = new byte[0];

  Sha256Password(LoginTerms terms) {
    this.terms = terms;
    this.protectedPassword = new ProtectedPassword(terms, REQUEST_KEY);
  }

  @Override
  public byte[] answer(byte[] scramble) throws IOException {
    this.scramble = scramble;
    return terms.credentials().password().isEmpty()
        ? EMPTY_PASSWORD
        : protectedPassword.send(scramble);
  }

  @Override
  public byte[] more(byte[] data) throws IOException {
    return protectedPassword.encryptWith(data, scramble);
  }
}
