package io.binlogbroker.broker.config.source;

/** Where a MySQL or MariaDB server listens. */
record MysqlHost(String host, int port) {
  /** {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
