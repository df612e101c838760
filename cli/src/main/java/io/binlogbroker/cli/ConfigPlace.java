package io.binlogbroker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.ha.Master;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a group's configuration lies, and where its master shows what it goes by. One thread. */
interface ConfigPlace extends AutoCloseable {
  ConfigTexts texts();

  /** Whether both parts are one text, which people edit themselves. */
  boolean isOneText();

  /** The other groups that share the broker's part. */
  List<String> otherGroups();

  /**
   * What a broker would read if this were the source's part.
   *
   * @throws io.binlogbroker.engine.model.ConfigException with all faults
   */
  Config read(String source);

  /** The broker that works for the group now; null for none. */
  @Nullable Master master(Config config);

  /**
   * The revision by which the master shows that it has seen what was written.
   *
   * @param before what the master showed before that
   */
  long awaited(@Nullable Master before, ConfigText written);

  @Override
  void close();
}
