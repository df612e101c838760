package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings of the connections to etcd; the files are PEM. The servers' certificates are always
 * verified.
 *
 * @param caFile null for the Java runtime's trust store
 */
public record EtcdTls(
    @Nullable String caFile, @Nullable String certFile, @Nullable String keyFile) {
  public EtcdTls {
    Faults faults = new Faults();
    faults.require(
        certFile == null || keyFile != null, "KeyFile", "missing; CertFile needs its private key");
    faults.require(
        keyFile == null || certFile != null, "CertFile", "missing; KeyFile needs its certificate");
    faults.throwIfAny();
  }

  /** Returns null where the key is absent or a fault was reported. */
  static @Nullable EtcdTls from(Section parent) {
    Section section = parent.optionalObject("EtcdTls");
    if (section == null) {
      return null;
    }
    String caFile = section.optionalText("CaFile");
    String certFile = section.optionalText("CertFile");
    String keyFile = section.optionalText("KeyFile");
    return section.make(() -> new EtcdTls(caFile, certFile, keyFile));
  }
}
