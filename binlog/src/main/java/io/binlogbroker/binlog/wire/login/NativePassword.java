package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.Digests;

/** {@code mysql_native_password}: a SHA-1 proof that does not reveal the password. */
final class NativePassword implements LoginMethod {
  private final byte[] password;

  NativePassword(LoginTerms terms) {
    this.password = terms.credentials().passwordBytes();
  }

  @Override
  public byte[] answer(byte[] scramble) {
    if (password.length == 0) {
      return password;
    }
    byte[] hash = Digests.sha1(password);
    return Digests.xor(hash, Digests.sha1(scramble, Digests.sha1(hash)));
  }
}
