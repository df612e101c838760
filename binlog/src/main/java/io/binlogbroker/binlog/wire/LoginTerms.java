package io.binlogbroker.binlog.wire;

/** What a login method may know: who logs in, where, and whether the link is encrypted. */
record LoginTerms(Credentials credentials, ServerAddress address, boolean encrypted) {
  LoginRefusedException refuse(String reason) {
    return new LoginRefusedException(
        "Login of '%s' at %s: %s".formatted(credentials.user(), address, reason));
  }
}
