package io.binlogbroker.binlog.wire;

import java.io.IOException;

/**
 * {@code mysql_clear_password}: the password as it is, for LDAP or cloud tokens; only under TLS.
 */
final class ClearPassword implements LoginMethod {
  private final LoginTerms terms;

  ClearPassword(LoginTerms terms) {
    this.terms = terms;
  }

  @Override
  public byte[] answer(byte[] scramble) throws IOException {
    if (!terms.encrypted()) {
      throw terms.refuse(
          "the server asks for the password in the clear (mysql_clear_password) and the link is"
              + " not encrypted; use TLS");
    }
    return terms.credentials().passwordAndNul();
  }
}
