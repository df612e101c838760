package io.binlogbroker.cli.group;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.file.FileConfigTexts;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.engine.relay.RulesStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration in a file that the group's master also reads. */
final class FileConfigPlace implements ConfigPlace {
  private final Path file;
  private final CommandLineOverrides overrides;
  private final String group;
  private final ConfigTexts texts;
  private @Nullable GroupState state;

  FileConfigPlace(Path file, CommandLineOverrides overrides, String group) {
    this.file = file;
    this.overrides = overrides;
    this.group = group;
    this.texts = new FileConfigTexts(file);
  }

  @Override
  public ConfigTexts texts() {
    return texts;
  }

  @Override
  public boolean isOneText() {
    return true;
  }

  @Override
  public List<String> otherGroups() {
    return List.of();
  }

  @Override
  public Config read(String source) {
    String origin = file.toString();
    return overrides.applyTo(new ConfigReader().read(source, origin), origin);
  }

  @Override
  public @Nullable Master master(Config config) {
    if (state == null) {
      state = GroupState.of(group, config.broker(), Clock.systemUTC());
    }
    return state.election().master();
  }

  /** Each process counts the contents it reads: the next one is ours. */
  @Override
  public long awaited(@Nullable Master before, ConfigText written) {
    RulesStatus rules = before == null ? null : before.rules();
    return rules == null ? 1 : Math.max(rules.appliedRevision(), rules.refusedRevision()) + 1;
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
    }
  }
}
