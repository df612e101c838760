package io.binlogbroker.binlog.wire.connection;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.IOException;

/** The server returned an error packet. Its code determines whether a retry can help. */
public final class ServerErrorException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The SQLSTATE of a general error; also used if the packet has none. */
  private static final String GENERAL_STATE = "HY000";

  private final int code;
  private final String sqlState;
  private final String serverMessage;

  public ServerErrorException(int code, String sqlState, String serverMessage, String where) {
    super("Server error %d (%s): %s; %s".formatted(code, sqlState, serverMessage, where));
    this.code = code;
    this.sqlState = sqlState;
    this.serverMessage = serverMessage;
  }

  /** Reads an error packet from just after its first byte; before the login it has no SQLSTATE. */
  public static ServerErrorException read(ByteReader packet, String where) {
    int code = packet.u16();
    String state = GENERAL_STATE;
    if (packet.remaining() >= 6 && packet.array()[packet.position()] == '#') {
      packet.skip(1);
      state = packet.utf8(5);
    }
    return new ServerErrorException(code, state, packet.utf8ToEnd(), where);
  }

  public int code() {
    return code;
  }

  public String sqlState() {
    return sqlState;
  }

  /** The server's message. */
  public String serverMessage() {
    return serverMessage;
  }
}
