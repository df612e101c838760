package io.binlogbroker.broker.config;

import io.binlogbroker.engine.model.Faults;
import org.jspecify.annotations.Nullable;

/**
 * How to encrypt the connections to etcd; the files are PEM. The servers' certificates are always
 * verified.
 *
 * @param caFile null for the authorities of the Java runtime
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

  /** Returns null where the key is absent, or its fault is noted. */
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
