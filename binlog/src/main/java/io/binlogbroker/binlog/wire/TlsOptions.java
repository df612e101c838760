package io.binlogbroker.binlog.wire;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a session wants of TLS: the mode, the authorities to trust (PEM; the JVM's own if absent)
 * and, where the server asks for one, the client's certificate with its private key (PEM).
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
