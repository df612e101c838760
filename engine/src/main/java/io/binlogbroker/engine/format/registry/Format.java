package io.binlogbroker.engine.format.registry;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.canal.CanalFormat;
import io.binlogbroker.engine.format.debezium.DebeziumFormat;
import io.binlogbroker.engine.format.json.JsonFormat;
import io.binlogbroker.engine.format.maxwell.MaxwellFormat;
import io.binlogbroker.engine.format.msgpack.MsgpackFormat;
import io.binlogbroker.engine.model.FormatName;
import java.util.Arrays;
import java.util.Optional;

/** The message formats, each a maker of writers. */
public enum Format {
  JSON("json") {
    @Override
    public MessageFormat writer() {
      return new JsonFormat();
    }
  },
  MSGPACK("msgpack") {
    @Override
    public MessageFormat writer() {
      return new MsgpackFormat();
    }
  },
  CANAL_JSON("canal-json") {
    @Override
    public MessageFormat writer() {
      return new CanalFormat(false);
    }
  },
  MAXWELL_JSON("maxwell-json") {
    @Override
    public MessageFormat writer() {
      return new MaxwellFormat();
    }
  },
  DEBEZIUM_JSON("debezium-json") {
    @Override
    public MessageFormat writer() {
      return new DebeziumFormat();
    }
  };

  private final String label;

  Format(String label) {
    this.label = label;
  }

  /** As the configuration names it. */
  public String label() {
    return label;
  }

  /** A writer of its own for one thread. */
  public abstract MessageFormat writer();

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
