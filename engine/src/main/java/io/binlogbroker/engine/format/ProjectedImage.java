package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.cell.TableLabels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row image with the columns and masks of a {@link Projection}. Reused for every row; one thread.
 */
final class ProjectedImage implements RowImage {
  private final Projection projection;
  private final RenumberingSink renumbering = new RenumberingSink();
  private final OutputBuffer text = new OutputBuffer();
  private final KeyCellSink texts;
  private @Nullable RowImage whole;

  ProjectedImage(Projection projection) {
    this.projection = projection;
    this.texts = new KeyCellSink(text, new TableLabels(projection.whole(), label -> label));
  }

  ProjectedImage of(RowImage image) {
    whole = image;
    return this;
  }

  private RowImage whole() {
    return Objects.requireNonNull(whole, "No row has been read yet");
  }

  @Override
  public boolean has(int column) {
    return whole().has(projection.source(column));
  }

  @Override
  public boolean isNull(int column) {
    return whole().isNull(projection.source(column));
  }

  @Override
  public void cells(CellSink sink) {
    for (int column = 0; column < projection.count(); column++) {
      if (has(column)) {
        cell(column, sink);
      }
    }
  }

  @Override
  public void cell(int column, CellSink sink) {
    Column shown = projection.shown().columns().get(column);
    CellMask mask = projection.mask(column);
    if (mask == null) {
      whole().cell(projection.source(column), renumbering.to(sink, shown));
    } else if (isNull(column)) {
      sink.nullCell(shown);
    } else {
      text.clear();
      whole().cell(projection.source(column), texts);
      byte[] masked = mask.of(text.toBytes());
      sink.text(shown, masked, 0, masked.length);
    }
  }

  @Override
  public boolean sameCell(int column, RowImage other) {
    if (!(other instanceof ProjectedImage that)) {
      throw new IllegalArgumentException("Expected an image of the same rows but got " + other);
    }
    return whole().sameCell(projection.source(column), that.whole());
  }
}
