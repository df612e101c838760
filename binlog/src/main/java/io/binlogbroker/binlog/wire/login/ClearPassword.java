package io.binlogbroker.binlog.wire.login;

import java.io.IOException;

/**
 * {@code mysql_clear_password}: the password in clear text, for LDAP or cloud tokens. Any server
 * can request it, so it is sent only if the user allows that and the server's certificate was
 * verified.
 */
final class ClearPassword implements LoginMethod {
  private final LoginTerms terms;

  ClearPassword(LoginTerms terms) {
    this.terms = terms;
  }

  @Override
  public byte[] answer(byte[] scramble) throws IOException {
    if (!terms.credentials().allowCleartextPasswords()) {
      throw terms.refuse(
          "the server requests the password in clear text (mysql_clear_password), which is not"
              + " allowed; fix: give the account another method, such as caching_sha2_password, or,"
              + " for LDAP, PAM and cloud tokens, set \"AllowCleartextPasswords\": true and"
              + " \"Tls\": {\"Mode\": \"verify-identity\"}");
    }
    if (!terms.verified()) {
      throw terms.refuse(
          "the server requests the password in clear text (mysql_clear_password) and its"
              + " certificate was not verified; fix: set \"Mode\" of \"Tls\" to \"verify-identity\""
              + " (or \"verify-ca\") and \"CaFile\" to the CA of the server's certificate");
    }
    return terms.credentials().passwordAndNul();
  }
}
