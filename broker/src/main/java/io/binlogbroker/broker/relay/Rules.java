package io.binlogbroker.broker.relay;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.route.RouteCompiler;
import io.binlogbroker.broker.route.Routes;

/**
 * The routing rules of one revision of the configuration. Immutable.
 *
 * @param revision of the configuration
 * @param exact for a server that tells names apart by case
 * @param ignoringCase for one that does not
 */
public record Rules(long revision, Routes exact, Routes ignoringCase) {
  /**
   * @throws io.binlogbroker.broker.config.ConfigException when the rules contradict each other
   */
  public static Rules of(long revision, Config config) {
    return new Rules(
        revision, RouteCompiler.compile(config, false), RouteCompiler.compile(config, true));
  }

  Routes on(ChangeSource source) {
    return source.ignoresCase() ? ignoringCase : exact;
  }
}
