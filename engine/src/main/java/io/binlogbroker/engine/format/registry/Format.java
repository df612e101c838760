package io.binlogbroker.engine.format.registry;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.canal.CanalFormat;
import io.binlogbroker.engine.format.debezium.DebeziumFormat;
import io.binlogbroker.engine.format.json.JsonFormat;
import io.binlogbroker.engine.format.maxwell.MaxwellFormat;
import io.binlogbroker.engine.format.msgpack.MsgpackFormat;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The message formats, each of which creates its writers. */
public enum Format {
  JSON("json", options -> new JsonFormat()),
  MSGPACK("msgpack", options -> new MsgpackFormat()),
  CANAL_JSON("canal-json", CanalFormat::new),
  MAXWELL_JSON("maxwell-json", options -> new MaxwellFormat()),
  DEBEZIUM_JSON("debezium-json", options -> new DebeziumFormat());

  private final String label;
  private final Function<FormatOptions, MessageFormat> maker;

  Format(String label, Function<FormatOptions, MessageFormat> maker) {
    this.label = label;
    this.maker = maker;
  }

  /** The name in the configuration. */
  public String label() {
    return label;
  }

  /** Creates a writer for one thread. */
  public MessageFormat writer(FormatOptions options) {
    return maker.apply(options);
  }

  /** The format that the configuration names. */
  public static Format of(FormatName name) {
    return switch (name) {
      case JSON -> JSON;
      case MSGPACK -> MSGPACK;
      case CANAL_JSON -> CANAL_JSON;
      case MAXWELL_JSON -> MAXWELL_JSON;
      case DEBEZIUM_JSON -> DEBEZIUM_JSON;
    };
  }

  public static Optional<Format> labelled(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label.equalsIgnoreCase(label))
        .findFirst();
  }
}
