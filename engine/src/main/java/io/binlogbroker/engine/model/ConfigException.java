package io.binlogbroker.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for an invalid configuration, with all faults found in it; the message is for the user.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Limits the message, which is written to logs, the status and etcd. */
  private static final int MOST_LINES = 100;

  private final transient List<Fault> faults;

  public ConfigException(List<Fault> faults) {
    super(lines(faults));
    this.faults = List.copyOf(faults);
  }

  /** Adds the file or etcd key that contains the faults. */
  public ConfigException(String origin, List<Fault> faults) {
    super(origin + ":\n" + lines(faults));
    this.faults = List.copyOf(faults);
  }

  /**
   * An internal error while reading the configuration; the message of the failure is left out,
   * because it may quote the configuration.
   */
  public static ConfigException unexpected(String origin, RuntimeException failure) {
    String kind = failure.getClass().getSimpleName();
    return new ConfigException(
        origin,
        List.of(
            new Fault(
                "",
                "cannot be used: internal error ("
                    + kind
                    + "); the log contains the stack trace")));
  }

  public ConfigException at(String origin) {
    return new ConfigException(origin, faults);
  }

  public List<Fault> faults() {
    return faults;
  }

  private static String lines(List<Fault> faults) {
    String lines =
        faults.stream().limit(MOST_LINES).map(Fault::toString).collect(Collectors.joining("\n"));
    int more = faults.size() - MOST_LINES;
    return more <= 0 ? lines : lines + "\nand " + more + " more faults";
  }
}
