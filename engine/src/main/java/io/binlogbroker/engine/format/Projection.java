package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.CellRule;
import io.binlogbroker.engine.route.MaskKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a rule's column filters and masks to a table's rows: excluded columns do not exist, and a
 * masked column is a text column. Compiled once per table; one thread.
 */
public final class Projection {
  private final RowPlan whole;
  private final RowPlan shown;
  private final int[] sources;
  private final @Nullable CellMask[] masks;
  private final ProjectedImage before;
  private final ProjectedImage after;

  /**
   * @throws FormatException when the rule names columns that the table does not have, or excludes
   *     all of them
   */
  public Projection(RowPlan whole, CellRule rule) {
    List<String> missing = rule.missing(names(whole));
    if (!missing.isEmpty()) {
      throw refused(whole, "Columns and Mask name " + missing + ", but it has " + names(whole));
    }
    List<Column> kept =
        whole.columns().stream().filter(c -> !rule.columns().excludes(c.name())).toList();
    if (kept.isEmpty()) {
      throw refused(whole, "Columns selects none of " + names(whole));
    }
    this.whole = whole;
    this.sources = kept.stream().mapToInt(Column::index).toArray();
    this.masks = new CellMask[kept.size()];
    List<Column> columns = new ArrayList<>();
    for (Column column : kept) {
      int index = columns.size();
      MaskKind kind = rule.mask(column.name());
      masks[index] = kind == null ? null : CellMask.of(kind, rule.salt());
      columns.add(kind == null ? renumbered(column, index) : masked(column, index));
    }
    this.shown = new RowPlan(whole.schema(), whole.table(), columns, primaryKey(whole, rule));
    this.before = new ProjectedImage(this);
    this.after = new ProjectedImage(this);
  }

  private static List<String> names(RowPlan plan) {
    return plan.columns().stream().map(Column::name).toList();
  }

  private static FormatException refused(RowPlan plan, String why) {
    return new FormatException(
        plan.schema() + "." + plan.table() + ": " + why + ". Correct the table's rule.");
  }

  private static Column renumbered(Column column, int index) {
    return new Column(
        index,
        column.name(),
        column.type(),
        column.unsigned(),
        column.nullable(),
        column.precision(),
        column.decimals(),
        column.labels());
  }

  private static Column masked(Column column, int index) {
    return new Column(
        index, column.name(), ColumnType.TEXT, false, column.nullable(), 0, 0, List.of());
  }

  /** The primary key of the projected table; empty if one of its columns is hidden. */
  private List<Integer> primaryKey(RowPlan plan, CellRule rule) {
    List<Integer> key = new ArrayList<>();
    for (int column : plan.primaryKey()) {
      if (rule.isHidden(plan.columns().get(column).name())) {
        return List.of();
      }
      key.add(indexOf(column));
    }
    return key;
  }

  private int indexOf(int source) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] == source) {
        return i;
      }
    }
    throw new IllegalStateException("Column " + source + " is left out");
  }

  /** The projected table, as formats see it. */
  public RowPlan shown() {
    return shown;
  }

  /** The projection of the image before a change; valid as long as that image. */
  public @Nullable RowImage before(@Nullable RowImage image) {
    return image == null ? null : before.of(image);
  }

  /** The projection of the image after a change; valid as long as that image. */
  public @Nullable RowImage after(@Nullable RowImage image) {
    return image == null ? null : after.of(image);
  }

  RowPlan whole() {
    return whole;
  }

  int count() {
    return sources.length;
  }

  /** The index of a column in the original table. */
  int source(int column) {
    return sources[column];
  }

  @Nullable CellMask mask(int column) {
    return masks[column];
  }
}
