package io.binlogbroker.binlog.wire.login;

/** The capability flags of the handshake that this client supports. */
public final class Capabilities {
  public static final int LONG_PASSWORD = 0x1;
  static final int LONG_FLAG = 0x4;
  static final int PROTOCOL_41 = 0x200;
  public static final int SSL = 0x800;
  static final int TRANSACTIONS = 0x2000;
  static final int SECURE_CONNECTION = 0x8000;
  static final int PLUGIN_AUTH = 0x80000;
  static final int CONNECT_ATTRS = 0x100000;
  static final int PLUGIN_AUTH_LENENC = 0x200000;

  /** Servers without one of these are too old to be supported. */
  static final int REQUIRED = PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH;

  /**
   * Used if the server offers them. DEPRECATE_EOF, SESSION_TRACK, QUERY_ATTRIBUTES,
   * MULTI_STATEMENTS and LOCAL_FILES are omitted on purpose, so that replies have a single format.
   */
  public static final int SUPPORTED =
      REQUIRED | LONG_PASSWORD | LONG_FLAG | TRANSACTIONS | CONNECT_ATTRS | PLUGIN_AUTH_LENENC;

  private Capabilities() {}
}
