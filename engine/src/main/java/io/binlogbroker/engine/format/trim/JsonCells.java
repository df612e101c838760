package io.binlogbroker.engine.format.trim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.binlogbroker.engine.format.trim.CellList.Cell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Finds the row images in a message of one of the JSON formats. Stateless. */
public final class JsonCells {
  /** Members that contain an image, or an array of images. */
  private static final Set<String> IMAGES = Set.of("before", "after", "data", "old");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser in;
  private final List<CellList> found = new ArrayList<>();

  private JsonCells(JsonParser in) {
    this.in = in;
  }

  public static List<CellList> of(byte[] message) throws IOException {
    try (JsonParser in = FACTORY.createParser(message)) {
      JsonCells cells = new JsonCells(in);
      cells.read();
      return cells.found;
    }
  }

  private void read() throws IOException {
    in.nextToken();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean images = IMAGES.contains(in.currentName());
      JsonToken value = in.nextToken();
      if (images && value == JsonToken.START_ARRAY) {
        array();
      } else if (images && value == JsonToken.START_OBJECT) {
        image();
      } else {
        in.skipChildren();
      }
    }
  }

  private void array() throws IOException {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        image();
      }
    }
  }

  /**
   * Reads an image; a cell ends at the comma before the next one, because the formats write no
   * whitespace.
   */
  private void image() throws IOException {
    int start = offset();
    List<Cell> cells = new ArrayList<>();
    String column = null;
    int from = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      if (column != null) {
        cells.add(new Cell(column, from, offset() - 1));
      }
      column = in.currentName();
      from = offset();
      in.nextToken();
      in.skipChildren();
    }
    if (column != null) {
      cells.add(new Cell(column, from, offset()));
    }
    found.add(new JsonImage(start, offset() + 1, cells));
  }

  /** Offset of the current token. */
  private int offset() {
    return (int) in.currentTokenLocation().getByteOffset();
  }

  /** An image as a JSON object. */
  private record JsonImage(int start, int end, List<Cell> cells) implements CellList {
    @Override
    public void write(byte[] message, Collection<String> without, ByteArrayOutputStream out) {
      List<Cell> kept = cellsWithout(without);
      char before = '{';
      for (Cell cell : kept) {
        out.write(before);
        out.write(message, cell.start(), cell.length());
        before = ',';
      }
      if (kept.isEmpty()) {
        out.write('{');
      }
      out.write('}');
    }
  }
}
