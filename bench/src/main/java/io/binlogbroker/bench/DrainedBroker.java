package io.binlogbroker.bench;

import io.binlogbroker.broker.Broker;
import io.binlogbroker.broker.config.ConfigReader;
import java.nio.file.Path;

/** The broker in a process of its own, as the bench starts it. */
public final class DrainedBroker {
  private DrainedBroker() {}

  /**
   * @param args group and configuration file
   */
  public static void main(String[] args) {
    new Broker(args[0], new ConfigReader().read(Path.of(args[1]))).run();
  }
}
