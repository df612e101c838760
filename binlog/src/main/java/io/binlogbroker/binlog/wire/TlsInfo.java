package io.binlogbroker.binlog.wire;

/** Under which TLS version and cipher a session runs. */
public record TlsInfo(String protocol, String cipherSuite) {}
