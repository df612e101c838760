package io.binlogbroker.broker.http;

import io.binlogbroker.broker.config.RpcTls;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the HTTP server, with a certificate that is read again after its files have changed, on
 * the thread {@code http-scheduler}.
 */
final class ServerTls {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  /** Protects nothing: the store is never written. */
  private static final String PASSWORD = "in-memory";

  private final RpcTls files;
  private final SslContextFactory.Server context = new SslContextFactory.Server();

  /** Of both files; empty while they cannot be read. */
  private byte[] content;

  /**
   * @throws DeliveryException fatal when the files are not a certificate and its key
   */
  ServerTls(RpcTls files) {
    this.files = files;
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setRenegotiationAllowed(false);
    context.setSniRequired(false);
    context.setKeyManagerPassword(PASSWORD);
    try {
      content = content();
      context.setKeyStore(files.keyStore(PASSWORD.toCharArray()));
    } catch (IOException | GeneralSecurityException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "RPCTls cannot be used: "
              + reason(e)
              + "; fix: name a PEM file with the certificate chain as CertFile, and one with its"
              + " private key in PKCS#8 as KeyFile",
          e);
    }
  }

  SslContextFactory.Server context() {
    return context;
  }

  /** Compares the files with what is in use from now on. */
  void watch(Scheduler scheduler, Duration interval, ThreadFailures failures) {
    scheduler.schedule(
        () -> {
          failures.survive(this::compare);
          watch(scheduler, interval, failures);
        },
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Keeps what is in use where the new files cannot be used, and reports that once. */
  void compare() {
    try {
      byte[] now = content();
      if (!Arrays.equals(now, content)) {
        content = now;
        reload();
      }
    } catch (IOException e) {
      if (content.length > 0) {
        content = new byte[0];
        report(e);
      }
    }
  }

  private void reload() {
    try {
      var store = files.keyStore(PASSWORD.toCharArray());
      context.reload(factory -> factory.setKeyStore(store));
      log.info("The certificate in {} is in use", files.certFile());
    } catch (Exception e) {
      report(e);
    }
  }

  private void report(Exception e) {
    log.warn(
        "RPCTls: the changed files cannot be used, the certificate that was read before remains in"
            + " use: {}",
        reason(e));
  }

  private byte[] content() throws IOException {
    byte[] certificate = Files.readAllBytes(Path.of(files.certFile()));
    byte[] key = Files.readAllBytes(Path.of(files.keyFile()));
    byte[] both = Arrays.copyOf(certificate, certificate.length + key.length);
    System.arraycopy(key, 0, both, certificate.length, key.length);
    return both;
  }

  /** Of a missing file, the JDK's message is its name alone. */
  private static String reason(Exception e) {
    return e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
  }
}
