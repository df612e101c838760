package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.route.ReservedTopics;
import io.binlogbroker.engine.route.RouteCompiler;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import org.jspecify.annotations.Nullable;

/** The whole configuration of one group: the broker's part and the source's part. */
public record Config(BrokerConfig broker, SourceConfig source) {
  /**
   * Where rows are delivered.
   *
   * @param ignoreCase whether the server's {@code lower_case_table_names} is other than 0
   * @throws ConfigException with all faults of the rules
   */
  public Routes routes(boolean ignoreCase) {
    return RouteCompiler.compile(source.rules(), reservedTopics(), ignoreCase);
  }

  /**
   * The routing rules in the form the relay uses.
   *
   * @param revision of this configuration
   * @throws ConfigException with all faults of the rules
   */
  public Rules rules(long revision) {
    return Rules.of(revision, source.rules(), reservedTopics());
  }

  /** How a group reaches and reads its source. */
  public SourceOptions sourceOptions(String group) {
    return source.options(group, broker.maxEventSize().bytes());
  }

  private ReservedTopics reservedTopics() {
    KafkaConfig kafka = broker.kafka();
    @Nullable String oversize =
        kafka.onOversize() == OnOversize.DEAD_LETTER ? OnOversize.SUFFIX : null;
    return new ReservedTopics(kafka.positionsTopic(), kafka.ddlTopic(), oversize);
  }
}
