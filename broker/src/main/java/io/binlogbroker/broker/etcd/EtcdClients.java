package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.EtcdTls;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** Creates jetcd's clients. Stateless. */
final class EtcdClients {
  // etcd closes connections with pings more often than every 5 s.
  private static final Duration PING = Duration.ofSeconds(10);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

  // jetcd needs one retry to log in again after etcd has dropped its token.
  private static final int RETRIES = 1;
  private static final int RETRY_MILLIS = 50;
  private static final int RETRY_MAX_MILLIS = 200;

  private EtcdClients() {}

  /**
   * @throws DeliveryException fatal when a file for TLS cannot be used
   */
  static Client create(EtcdOptions options) {
    ClientBuilder builder =
        Client.builder()
            .endpoints(uris(options))
            .connectTimeout(options.requestTimeout())
            .keepaliveTime(PING)
            .keepaliveTimeout(PING_TIMEOUT)
            .waitForReady(false)
            .retryMaxAttempts(RETRIES)
            .retryDelay(RETRY_MILLIS)
            .retryMaxDelay(RETRY_MAX_MILLIS);
    String user = options.user();
    String password = options.password();
    if (user != null && password != null) {
      builder.user(bytes(user)).password(bytes(password));
    }
    EtcdTls tls = options.tls();
    if (tls != null) {
      builder.sslContext(sslContext(tls, options));
    }
    return builder.build();
  }

  private static List<URI> uris(EtcdOptions options) {
    String scheme = options.tls() == null ? "http://" : "https://";
    return options.endpoints().stream().map(address -> URI.create(scheme + address)).toList();
  }

  private static SslContext sslContext(EtcdTls tls, EtcdOptions options) {
    SslContextBuilder builder = GrpcSslContexts.forClient();
    try {
      if (tls.caFile() != null) {
        builder.trustManager(new File(tls.caFile()));
      }
      if (tls.certFile() != null && tls.keyFile() != null) {
        builder.keyManager(new File(tls.certFile()), new File(tls.keyFile()));
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "The files for TLS to " + options + " cannot be used; fix \"EtcdTls\": " + e,
          e);
    }
  }

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
