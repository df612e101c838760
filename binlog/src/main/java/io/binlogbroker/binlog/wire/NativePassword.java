package io.binlogbroker.binlog.wire;

/** {@code mysql_native_password}: a SHA-1 proof that shows the password to nobody. */
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
    byte[] once = Digests.sha1(password);
    return Digests.xor(once, Digests.sha1(scramble, Digests.sha1(once)));
  }
}
