package io.binlogbroker.engine.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a row are delivered and which are masked. Names are case-insensitive.
 *
 * @param masks by column
 * @param salt for hashes
 */
public record CellRule(ColumnChoice columns, Map<String, MaskKind> masks, MaskSalt salt) {
  /** Delivers all columns unmasked. */
  public static final CellRule NONE = new CellRule(ColumnChoice.ALL, Map.of(), MaskSalt.NONE);

  public CellRule {
    masks = Map.copyOf(masks);
  }

  /** Whether all columns are delivered unmasked. */
  public boolean isNone() {
    return columns.equals(ColumnChoice.ALL) && masks.isEmpty();
  }

  /** The mask of a column; null if it is not masked. */
  public @Nullable MaskKind mask(String column) {
    return masks.entrySet().stream()
        .filter(mask -> mask.getKey().equalsIgnoreCase(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether a key with this column would reveal a masked or excluded value. */
  public boolean isHidden(String column) {
    return columns.excludes(column) || mask(column) != null;
  }

  /** The columns that the rule names and a table lacks. */
  public List<String> missing(List<String> known) {
    List<String> names = new ArrayList<>(columns.include());
    names.addAll(columns.exclude());
    names.addAll(new TreeMap<>(masks).keySet());
    return names.stream().filter(name -> known.stream().noneMatch(name::equalsIgnoreCase)).toList();
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!columns.include().isEmpty()) {
      parts.add("columns " + columns.include());
    }
    if (!columns.exclude().isEmpty()) {
      parts.add("without columns " + columns.exclude());
    }
    if (!masks.isEmpty()) {
      parts.add("masks " + new TreeMap<>(masks).keySet());
    }
    return String.join(", ", parts);
  }
}
