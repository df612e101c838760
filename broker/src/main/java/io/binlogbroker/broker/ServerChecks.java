package io.binlogbroker.broker;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaSnapshots;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotCheck;
import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares requested changes of a group with its servers, over a connection for each check. */
final class ServerChecks implements ConfigChanges.ServerCheck, SnapshotActions.SnapshotQueries {
  private final String group;
  private final KafkaSettings kafka;
  private final Supplier<Config> current;

  /**
   * @param current the configuration in use
   */
  ServerChecks(String group, KafkaSettings kafka, Supplier<Config> current) {
    this.group = group;
    this.kafka = kafka;
    this.current = current;
  }

  @Override
  public List<CheckResult> check(Config changed, @Nullable TableName table) {
    MysqlRuleCheck server = new MysqlRuleCheck(changed.sourceOptions(group), changed.rules(0));
    return table == null ? server.check() : server.checkTable(table);
  }

  @Override
  public void requireReadable(List<TableName> tables, @Nullable String where) {
    Config config = current.get();
    new SnapshotCheck(group, config.sourceOptions(group), config.rules(0)).require(tables, where);
  }

  @Override
  public List<TableName> started() {
    try (KafkaSnapshots snapshots = KafkaSnapshots.open(kafka)) {
      return snapshots.newest().stream().map(SnapshotState::tableName).toList();
    }
  }
}
