package io.binlogbroker.binlog.wire;

import java.util.Locale;

/** How much TLS a session asks for; the names are those of the MySQL clients. */
public enum TlsMode {
  /** Never TLS. */
  DISABLED,
  /** TLS if the server offers it; its certificate is not looked at. */
  PREFERRED,
  /** TLS or no session; the certificate is not looked at. */
  REQUIRED,
  /** TLS with a certificate that a trusted authority signed, whatever name it bears. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the certificate bears the name or address that was dialled. */
  VERIFY_IDENTITY;

  /** The mode with this name, such as {@code verify-ca}, in any case. */
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

  boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_IDENTITY;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
