package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.format.registry.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The broker, started by the launcher as users do, with a smaller heap. */
public record BrokerSubject(Servers servers, Delivery delivery, Format format, Captured capture)
    implements Subject {
  private static final String HEAP = "-Xmx192m";

  /** Delivers the whole schema of a load to one topic. */
  public BrokerSubject(Servers servers, Delivery delivery, Format format) {
    this(servers, delivery, format, CapturedTables.ALL);
  }

  @Override
  public String name() {
    return "broker " + deliveryName() + " " + format.label();
  }

  @Override
  public SubjectProcess start(WrittenLoad load, String topic) throws IOException {
    Path folder = Files.createDirectory(servers.folder().resolve(topic));
    if (capture.startsAtLoad()) {
      Files.writeString(folder.resolve(topic + ".position.json"), position(load.start()));
    }
    Path config = Files.writeString(folder.resolve("config.json"), config(load, topic, folder));
    String more = System.getenv().getOrDefault("JAVA_OPTS", "");
    return SubjectProcess.start(
        name(),
        List.of(System.getProperty("launcher"), "-g", topic, "-c", config.toString()),
        Map.of("JAVA_OPTS", HEAP + " " + SubjectProcess.gcOption(folder) + " " + more),
        folder);
  }

  @Override
  public MessageShape shape() {
    return MessageShape.of(format);
  }

  private String deliveryName() {
    return delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String position(ServerPosition start) {
    return """
    {"file":"%s","pos":%d,"gtid_set":null,"rows_events":0,"rows":0,"server_uuid":"%s",\
    "epoch":"bench","saved_at":"2026-11-22T00:00:00Z"}\
    """
        .formatted(start.file(), start.offset(), start.serverUuid());
  }

  private String config(WrittenLoad load, String topic, Path folder) {
    return """
    {"KafkaAddr":["%s"], "RPCListen":"", "StateDir":"%s", "LogDir":"%s",
     "Delivery":"%s", "Format":"%s", "Partitions":%d,
     "MysqlConn":"%s:%s@tcp(127.0.0.1:%d)", "AllowPublicKeyRetrieval":true, "Tls":{"Mode":"disabled"},
     "Sources":[%s]}
    """
        .formatted(
            servers.kafka(),
            folder,
            folder,
            deliveryName(),
            format.label(),
            capture.partitions(),
            Servers.USER,
            Servers.PASSWORD,
            servers.mysql().port(),
            capture.sources(load.schema(), topic));
  }
}
