package io.binlogbroker.cli.group;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.ha.Master;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The location of a group's configuration, and where its master publishes the rules in force. One
 * thread.
 */
public interface ConfigPlace extends AutoCloseable {
  ConfigTexts texts();

  /** Whether both parts are one text, which operators edit themselves. */
  boolean isOneText();

  /** The other groups that share the broker's part. */
  List<String> otherGroups();

  /**
   * The configuration with this text as the source's part.
   *
   * @throws io.binlogbroker.engine.model.ConfigException with all faults
   */
  Config read(String source);

  /** The group's current master; null if there is none. */
  @Nullable Master master(Config config);

  /**
   * The revision that the master publishes once it has read the written text.
   *
   * @param before what the master had published before
   */
  long awaited(@Nullable Master before, ConfigText written);

  @Override
  void close();
}
