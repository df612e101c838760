package io.binlogbroker.binlog.wire.connection;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS options of a session: the mode, the trusted CAs (PEM; the JVM's if absent) and, if the server
 * requests one, the client certificate with its private key (PEM).
 */
public record TlsOptions(
    TlsMode mode,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path privateKey) {
  public TlsOptions {
    if ((certificate == null) != (privateKey == null)) {
      throw new IllegalArgumentException(
          "Expected a client certificate together with its private key but only one is given");
    }
  }

  public TlsOptions(TlsMode mode) {
    this(mode, null, null, null);
  }
}
