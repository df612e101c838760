package io.binlogbroker.broker;

import io.binlogbroker.testkit.CacheFolder;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers that all live tests of a JVM share, since starting them costs more than most tests.
 * Each starts when it is first asked for; a test uses schemas and groups of its own, and puts back
 * the settings it changes. Tests of other packages use them, too. One thread.
 */
public final class LiveServers implements AutoCloseable {
  public static final String USER = "rep_user";
  public static final String PASSWORD = "rep_user";

  private final Map<MysqlVersion, MysqlServer> mysql = new EnumMap<>(MysqlVersion.class);
  private @Nullable KafkaServer kafka;
  private @Nullable EtcdServer etcd;

  /** Those of the JVM that a test runs in. */
  public static LiveServers of(ExtensionContext test) {
    ExtensionContext.Namespace own = ExtensionContext.Namespace.create(LiveServers.class);
    // Where JVMs share the classes out among them, each class is a run of its own for JUnit.
    return test.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, own)
        .computeIfAbsent(LiveServers.class, type -> new LiveServers(), LiveServers.class);
  }

  public KafkaServer kafka() {
    KafkaServer running = kafka;
    if (running == null) {
      running = new KafkaServer().start();
      kafka = running;
    }
    return running;
  }

  public EtcdServer etcd() {
    EtcdServer running = etcd;
    if (running == null) {
      running = EtcdServer.v34().start();
      etcd = running;
    }
    return running;
  }

  public MysqlServer mysql(MysqlVersion version) {
    return mysql.computeIfAbsent(version, LiveServers::start);
  }

  private static MysqlServer start(MysqlVersion version) {
    MysqlServer server = new MysqlServer(version, CacheFolder.ofUser()).start();
    server.createReplicationUser(USER, PASSWORD);
    return server;
  }

  @Override
  public void close() {
    mysql.values().forEach(MysqlServer::close);
    if (kafka != null) {
      kafka.close();
    }
    if (etcd != null) {
      etcd.close();
    }
  }

  /** Hands the servers to tests and ends them when the last test is over. */
  public static final class Provider implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == LiveServers.class;
    }

    @Override
    public LiveServers resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return of(test);
    }
  }
}
