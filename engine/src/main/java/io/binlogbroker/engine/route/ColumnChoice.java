package io.binlogbroker.engine.route;

import java.util.List;

/**
 * Which columns of a table are delivered; names are case-insensitive.
 *
 * @param include only these; empty for all
 * @param exclude all but these
 */
public record ColumnChoice(List<String> include, List<String> exclude) {
  public static final ColumnChoice ALL = new ColumnChoice(List.of(), List.of());

  public ColumnChoice {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Whether a column is not delivered. */
  public boolean excludes(String column) {
    return include.isEmpty()
        ? exclude.stream().anyMatch(column::equalsIgnoreCase)
        : include.stream().noneMatch(column::equalsIgnoreCase);
  }
}
