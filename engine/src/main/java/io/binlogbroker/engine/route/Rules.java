package io.binlogbroker.engine.route;

/**
 * The routing rules of one revision of the configuration. Immutable.
 *
 * @param revision of the configuration
 * @param exact for a server with case-sensitive names
 * @param ignoringCase for a server with case-insensitive names
 */
public record Rules(long revision, Routes exact, Routes ignoringCase) {
  /**
   * @throws io.binlogbroker.engine.model.ConfigException when the rules contradict each other
   */
  public static Rules of(long revision, RoutingRules rules, ReservedTopics reserved) {
    return new Rules(
        revision,
        RouteCompiler.compile(rules, reserved, false),
        RouteCompiler.compile(rules, reserved, true));
  }

  /**
   * @param ignoresCase whether the server's names are case-insensitive
   */
  public Routes on(boolean ignoresCase) {
    return ignoresCase ? ignoringCase : exact;
  }
}
