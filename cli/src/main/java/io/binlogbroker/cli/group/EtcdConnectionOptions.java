package io.binlogbroker.cli.group;

import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.EtcdTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the connection to etcd. */
final class EtcdConnectionOptions {
  private static final String PASSWORD = "BINLOGBROKER_ETCD_PASSWORD";

  @Option(
      names = {"-etcd", "--etcd"},
      paramLabel = "HOST:PORT,...",
      description = {
        "The etcd with the configuration, instead of -c.",
        "With -c: the etcd for positions and election, like EtcdAddr in the file."
      })
  private @Nullable String addresses;

  @Option(
      names = "--etcd-user",
      paramLabel = "NAME",
      description = "The etcd user; the password is in the environment variable " + PASSWORD + ".")
  private @Nullable String user;

  @Option(
      names = "--etcd-ca",
      paramLabel = "FILE",
      description = "Enables TLS; PEM file of the trusted certificate authorities.")
  private @Nullable String caFile;

  @Option(
      names = "--etcd-cert",
      paramLabel = "FILE",
      description = "The client certificate, if etcd requires one; PEM.")
  private @Nullable String certFile;

  @Option(
      names = "--etcd-key",
      paramLabel = "FILE",
      description = "The client certificate's private key; PEM.")
  private @Nullable String keyFile;

  boolean isGiven() {
    return addresses != null;
  }

  /**
   * @throws io.binlogbroker.engine.model.ConfigException when an option is invalid
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
