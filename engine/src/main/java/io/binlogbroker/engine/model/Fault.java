package io.binlogbroker.engine.model;

/**
 * An error in a configuration: its path, and what to write instead.
 *
 * @param path the key, such as {@code SourceConfig.Sources[1].Schema}; empty for the configuration
 *     as a whole
 */
public record Fault(String path, String message) {
  public Fault under(String parent) {
    return new Fault(join(parent, path), message);
  }

  public static String join(String parent, String key) {
    return parent.isEmpty() || key.isEmpty() ? parent + key : parent + "." + key;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
