package io.binlogbroker.binlog.wire;

import java.io.IOException;

/** {@code sha256_password}: always the password itself, under TLS or the server's RSA key. */
final class Sha256Password implements LoginMethod {
  private static final byte[] ASK_FOR_KEY = {1};
  private static final byte[] EMPTY_PASSWORD = {0};

  private final LoginTerms terms;
  private final ShelteredPassword sheltered;
  private byte[] scramble = new byte[0];

  Sha256Password(LoginTerms terms) {
    this.terms = terms;
    this.sheltered = new ShelteredPassword(terms, ASK_FOR_KEY);
  }

  @Override
  public byte[] answer(byte[] scramble) throws IOException {
    this.scramble = scramble;
    return terms.credentials().password().isEmpty() ? EMPTY_PASSWORD : sheltered.send(scramble);
  }

  @Override
  public byte[] more(byte[] data) throws IOException {
    return sheltered.underKey(data, scramble);
  }
}
