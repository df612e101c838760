package io.binlogbroker.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with every fault found in it; its text is for the user. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message goes into logs, the status and etcd. */
  private static final int MOST_LINES = 100;

  private final transient List<Fault> faults;

  public ConfigException(List<Fault> faults) {
    super(lines(faults));
    this.faults = List.copyOf(faults);
  }

  /** Says also in which file or etcd key the faults are. */
  public ConfigException(String origin, List<Fault> faults) {
    super(origin + ":\n" + lines(faults));
    this.faults = List.copyOf(faults);
  }

  /** An internal error kept the configuration from being read; its message may quote the text. */
  public static ConfigException unexpected(String origin, RuntimeException failure) {
    String kind = failure.getClass().getSimpleName();
    return new ConfigException(
        origin,
        List.of(
            new Fault("", "cannot be used: internal error (" + kind + "); the log says where")));
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
