package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.ServerAddress;

/**
 * The context of a login: credentials, address, whether the connection is encrypted, and whether
 * the server's certificate was verified.
 */
record LoginTerms(
    Credentials credentials, ServerAddress address, boolean encrypted, boolean verified) {
  LoginRefusedException refuse(String reason) {
    return new LoginRefusedException(
        "Login of '%s' at %s: %s".formatted(credentials.user(), address, reason));
  }
}
