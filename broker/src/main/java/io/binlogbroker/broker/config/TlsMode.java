package io.binlogbroker.broker.config;

/** How far the connection to the source is encrypted and its server checked. */
public enum TlsMode {
  DISABLED,
  PREFERRED,
  REQUIRED,
  VERIFY_CA,
  VERIFY_IDENTITY
}
