package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose login takes too long in total: read timeouts apply to each read, so a
 * server that sends single bytes slowly could keep it open indefinitely. The thread {@code
 * login-deadline} waits; the thread that logs in starts and closes it.
 */
public final class LoginDeadline implements AutoCloseable {
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

  public static LoginDeadline start(Socket socket, ServerAddress address, Duration limit) {
    LoginDeadline deadline = new LoginDeadline(socket, address, limit);
    Thread thread = new Thread(deadline::watch, "login-deadline");
    thread.setDaemon(true);
    thread.start();
    return deadline;
  }

  /**
   * @param cause the failure of the login; null if it succeeded
   * @throws ConnectionLostException if the deadline closed the connection
   */
  public void requireMet(@Nullable IOException cause) throws ConnectionLostException {
    if (!passed) {
      return;
    }
    ConnectionLostException late =
        new ConnectionLostException(
            "The login at %s did not end within %d ms; check whether this is the port of a MySQL server and whether the server is overloaded"
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
      // A socket that cannot be closed is already broken: the pending read fails.
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
