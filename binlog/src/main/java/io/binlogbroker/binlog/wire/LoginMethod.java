package io.binlogbroker.binlog.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way to prove who we are; made for one login. */
interface LoginMethod {
  /** The answer to the server's scramble. */
  byte[] answer(byte[] scramble) throws IOException;

  /** The answer to what the server sends after that, or null if it waits for none. */
  default byte @Nullable [] more(byte[] data) throws IOException {
    throw new ProtocolViolationException(
        "Expected the result of the login but the server sent %d bytes more, which this login"
                .formatted(data.length)
            + " method knows nothing of");
  }
}
