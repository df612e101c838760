package io.binlogbroker.binlog.wire.connection;

/** The TLS version and cipher suite of a session. */
public record TlsInfo(String protocol, String cipherSuite) {}
