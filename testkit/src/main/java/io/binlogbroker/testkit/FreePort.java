package io.binlogbroker.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a TCP port of 127.0.0.1 that nobody listens on. */
public final class FreePort {
  // Below Linux's ephemeral range: while a server is down for a restart on its port, no outgoing
  // connection of another process may take that port.
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /** Returns a port that was free a moment ago. */
  public static int next() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerException(
        "Expected a free port between %d and %d on 127.0.0.1, but %d tries found none"
            .formatted(LOWEST, HIGHEST, ATTEMPTS));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
