package io.binlogbroker.binlog.wire;

/** The TLS version and cipher suite of a session. */
public record TlsInfo(String protocol, String cipherSuite) {}
