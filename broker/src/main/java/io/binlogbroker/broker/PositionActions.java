package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.Candidacy;
import io.binlogbroker.broker.ha.PositionDecision;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.mysql.check.ChosenPosition;
import io.binlogbroker.engine.source.mysql.check.MysqlPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets and resets the position of a group whose delivery is paused. One thread at a time. */
final class PositionActions {
  private final String group;
  private final Candidacy candidacy;
  private final Supplier<Config> current;

  /**
   * @param current the configuration in use
   */
  PositionActions(String group, Candidacy candidacy, Supplier<Config> current) {
    this.group = group;
    this.candidacy = candidacy;
    this.current = current;
  }

  String set(BinlogPosition place, @Nullable String gtidSet) {
    requirePaused(candidacy.isPaused());
    Config config = current.get();
    List<String> notes = new ArrayList<>();
    ChosenPosition chosen = new ChosenPosition(place, gtidSet, "\"position set --force\"");
    Position position = chosen.checked(new MysqlPositions(config.sourceOptions(group)), notes::add);
    decide(position, config);
    notes.add(0, "Set to " + position + ". The delivery continues there when it is resumed");
    return String.join(". ", notes);
  }

  String reset() {
    requirePaused(candidacy.isPaused());
    decide(null, current.get());
    return "Removed. The delivery continues at the source's latest position when it is resumed";
  }

  private void decide(@Nullable Position position, Config config) {
    requirePaused(
        candidacy.decide(new PositionDecision(position, config.broker().kafka().positionsTopic())));
  }

  private static void requirePaused(boolean isPaused) {
    if (!isPaused) {
      throw new ConflictException(
          "Not set: the delivery is not paused; fix: pause it, set the position, and resume it");
    }
  }
}
