package io.binlogbroker.engine.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of a row are delivered as they are. Names are compared ignoring case.
 *
 * @param masks by column
 * @param salt of hashes
 */
public record CellRule(ColumnChoice columns, Map<String, MaskKind> masks, MaskSalt salt) {
  /** All as they are. */
  public static final CellRule NONE = new CellRule(ColumnChoice.ALL, Map.of(), MaskSalt.NONE);

  public CellRule {
    masks = Map.copyOf(masks);
  }

  /** Whether all cells are delivered as they are. */
  public boolean isNone() {
    return columns.equals(ColumnChoice.ALL) && masks.isEmpty();
  }

  /** Null for a column whose cells may be seen. */
  public @Nullable MaskKind mask(String column) {
    return masks.entrySet().stream()
        .filter(mask -> mask.getKey().equalsIgnoreCase(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether a key of this column would show what nobody may see. */
  public boolean hides(String column) {
    return columns.leavesOut(column) || mask(column) != null;
  }

  /** Those that the rule names and a table does not have. */
  public List<String> missing(List<String> known) {
    List<String> names = new ArrayList<>(columns.include());
    names.addAll(columns.exclude());
    names.addAll(new TreeMap<>(masks).keySet());
    return names.stream().filter(name -> known.stream().noneMatch(name::equalsIgnoreCase)).toList();
  }

  @Override
  public String toString() {
    List<String> told = new ArrayList<>();
    if (!columns.include().isEmpty()) {
      told.add("columns " + columns.include());
    }
    if (!columns.exclude().isEmpty()) {
      told.add("without columns " + columns.exclude());
    }
    if (!masks.isEmpty()) {
      told.add("masks " + new TreeMap<>(masks).keySet());
    }
    return String.join(", ", told);
  }
}
