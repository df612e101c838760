package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An authentication method; used for one login. */
interface LoginMethod {
  /** Returns the response to the server's scramble. */
  byte[] answer(byte[] scramble) throws IOException;

  /** Returns the response to further data from the server, or null if it expects none. */
  default byte @Nullable [] more(byte[] data) throws IOException {
    throw new ProtocolViolationException(
        "Expected the result of the login but the server sent %d more bytes, which this login"
                .formatted(data.length)
            + " method does not support");
  }
}
