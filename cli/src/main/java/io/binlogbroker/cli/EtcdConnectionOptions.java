package io.binlogbroker.cli;

import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.EtcdTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how etcd is reached. */
final class EtcdConnectionOptions {
  private static final String PASSWORD = "BINLOGBROKER_ETCD_PASSWORD";

  @Option(
      names = {"-etcd", "--etcd"},
      paramLabel = "HOST:PORT,...",
      description = {
        "The etcd that holds the configuration, in place of -c.",
        "Beside -c: the etcd for positions and election, as EtcdAddr in the file."
      })
  private @Nullable String addresses;

  @Option(
      names = "--etcd-user",
      paramLabel = "NAME",
      description = "Who we are there; the password is in the environment as " + PASSWORD + ".")
  private @Nullable String user;

  @Option(
      names = "--etcd-ca",
      paramLabel = "FILE",
      description = "Encrypts the connection; PEM of the authorities to believe.")
  private @Nullable String caFile;

  @Option(
      names = "--etcd-cert",
      paramLabel = "FILE",
      description = "Our certificate, where etcd asks for one; PEM.")
  private @Nullable String certFile;

  @Option(names = "--etcd-key", paramLabel = "FILE", description = "Its private key; PEM.")
  private @Nullable String keyFile;

  boolean isGiven() {
    return addresses != null;
  }

  /**
   * @throws io.binlogbroker.engine.model.ConfigException when an option is wrong
   */
  EtcdConfig toConfig() {
    boolean encrypted = caFile != null || certFile != null || keyFile != null;
    return new EtcdConfig(
        EtcdConfig.addresses(String.valueOf(addresses)),
        user,
        user == null ? null : System.getenv(PASSWORD),
        encrypted ? new EtcdTls(caFile, certFile, keyFile) : null);
  }
}
