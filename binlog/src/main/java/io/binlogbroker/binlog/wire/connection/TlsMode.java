package io.binlogbroker.binlog.wire.connection;

import java.util.Locale;

/** Whether a session uses TLS; the names are those of the MySQL clients. */
public enum TlsMode {
  /** No TLS. */
  DISABLED,
  /** TLS if the server offers it; its certificate is not verified. */
  PREFERRED,
  /** TLS or no session; the certificate is not verified. */
  REQUIRED,
  /** TLS with a certificate signed by a trusted CA, for any name. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the certificate is for the configured host name or address. */
  VERIFY_IDENTITY;

  /** The mode with this name, such as {@code verify-ca}, ignoring case. */
  public static TlsMode named(String name) {
    for (TlsMode mode : values()) {
      if (mode.toString().equalsIgnoreCase(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "Expected disabled, preferred, required, verify-ca or verify-identity but got \""
            + name
            + "\"");
  }

  public boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_IDENTITY;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
