package io.binlogbroker.broker.event;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of the host that the process runs on, for messages. Stateless. */
public final class HostName {
  private HostName() {}

  public static String ofThis() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }
}
