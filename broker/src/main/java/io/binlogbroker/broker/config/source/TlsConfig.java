package io.binlogbroker.broker.config.source;

import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import org.jspecify.annotations.Nullable;

/** TLS settings of the connection to the source; the files are PEM. */
public record TlsConfig(
    TlsMode mode, @Nullable String caFile, @Nullable String certFile, @Nullable String keyFile) {
  public TlsConfig {
    Faults faults = new Faults();
    faults.require(
        certFile == null || keyFile != null, "KeyFile", "missing; CertFile needs its private key");
    faults.require(
        keyFile == null || certFile != null, "CertFile", "missing; KeyFile needs its certificate");
    faults.throwIfAny();
  }

  static TlsConfig from(Section section, TlsMode byDefault) {
    TlsMode mode = section.choice("Mode", TlsMode.class, byDefault);
    String caFile = section.optionalText("CaFile");
    String certFile = section.optionalText("CertFile");
    String keyFile = section.optionalText("KeyFile");
    TlsConfig tls = section.make(() -> new TlsConfig(mode, caFile, certFile, keyFile));
    return tls != null ? tls : new TlsConfig(mode, null, null, null);
  }
}
