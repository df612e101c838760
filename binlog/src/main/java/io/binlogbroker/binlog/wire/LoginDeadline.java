package io.binlogbroker.binlog.wire;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose login takes too long altogether: a server that sends a byte now and
 * then would hold it indefinitely, since each read has a limit of its own only. The thread {@code
 * login-deadline} waits, the one that logs in starts and closes it.
 */
final class LoginDeadline implements AutoCloseable {
  private final Socket socket;
  private final ServerAddress address;
  private final Duration limit;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean passed;

  private LoginDeadline(Socket socket, ServerAddress address, Duration limit) {
    this.socket = socket;
    this.address = address;
    this.limit = limit;
  }

  static LoginDeadline start(Socket socket, ServerAddress address, Duration limit) {
    LoginDeadline deadline = new LoginDeadline(socket, address, limit);
    Thread thread = new Thread(deadline::watch, "login-deadline");
    thread.setDaemon(true);
    thread.start();
    return deadline;
  }

  /**
   * @param cause what the login ended with; null when it succeeded
   * @throws ConnectionLostException when the deadline closed the connection
   */
  void requireMet(@Nullable IOException cause) throws ConnectionLostException {
    if (!passed) {
      return;
    }
    ConnectionLostException late =
        new ConnectionLostException(
            "The login at %s did not end within %d ms; check whether that port is a MySQL server's and whether the server is overloaded"
                .formatted(address, limit.toMillis()));
    if (cause != null) {
      late.initCause(cause);
    }
    throw late;
  }

  private void watch() {
    try {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        passed = true;
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // A socket that cannot be closed is broken already: the read under way fails by itself.
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
