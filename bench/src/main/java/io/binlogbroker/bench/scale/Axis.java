package io.binlogbroker.bench.scale;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A parameter that grows from step to step while the others are constant. */
enum Axis {
  WIDTH("row width", "bytes of text per row") {
    @Override
    List<Step> steps(Sizes sizes) {
      return List.of(
          width(sizes, 20, 600_000),
          width(sizes, 200, 500_000),
          width(sizes, 2_000, 150_000),
          width(sizes, 20_000, 20_000),
          width(sizes, 200_000, 2_000),
          width(sizes, 1_000_000, 400));
    }

    private Step width(Sizes sizes, int width, int rows) {
      return Step.of(text(width), BulkLoad.ofWidth(width, sizes.of(rows)));
    }
  },

  COLUMNS("columns", "columns per row") {
    @Override
    List<Step> steps(Sizes sizes) {
      return List.of(
          columns(sizes, 1, 700_000),
          columns(sizes, 10, 400_000),
          columns(sizes, 50, 150_000),
          columns(sizes, 200, 40_000),
          columns(sizes, 500, 16_000));
    }

    private Step columns(Sizes sizes, int count, int rows) {
      return Step.of(text(count), BulkLoad.ofColumns(count, sizes.of(rows)));
    }
  },

  TABLES("captured tables, in rotation, one transaction per row", "tables") {
    @Override
    List<Step> steps(Sizes sizes) {
      return Stream.of(1, 10, 100, 1_000, MANY)
          .map(count -> Step.of(text(count), sizes.singleRows(count, ROWS)))
          .toList();
    }
  },

  SKIPPED_TABLES("tables that no rule selects, alternating with one that is delivered", "skipped") {
    @Override
    List<Step> steps(Sizes sizes) {
      return List.of(
          Step.ofFirstTable("0", sizes.singleRows(1, ROWS), 1),
          skipped(sizes, 1),
          skipped(sizes, MANY));
    }

    /** Every second transaction is of the delivered table. */
    private Step skipped(Sizes sizes, int tables) {
      SpreadLoad load =
          new SpreadLoad(
              sizes.plain(),
              tables + 1,
              sizes.of(2 * ROWS),
              1,
              i -> i % 2 == 0 ? 0 : 1 + i / 2 % tables);
      return Step.ofFirstTable(text(tables), load, 0.5);
    }
  },

  TRANSACTION("rows per transaction", "rows") {
    @Override
    List<Step> steps(Sizes sizes) {
      return List.of(
          Step.of(text(1), sizes.singleRows(1, ROWS)),
          Step.of(text(10), SpreadLoad.inTurn(sizes.plain(), 1, sizes.of(50_000), 10)),
          bulk(sizes, 1_000, 500_000),
          bulk(sizes, 100_000, 1_000_000),
          bulk(sizes, 5_000_000, 5_000_000));
    }

    private Step bulk(Sizes sizes, int size, int rows) {
      int scaled = sizes.of(rows);
      return Step.of(text(size), BulkLoad.ofTransactions(size, scaled));
    }
  },

  TOPICS("topics, one table each, in rotation, ten rows per transaction", "topics") {
    @Override
    List<Step> steps(Sizes sizes) {
      return Stream.concat(
              Stream.of(1, 10, 100, 1_000).map(count -> topics(sizes, text(count), count, true)),
              Stream.of(topics(sizes, "1,000 created by the broker", 1_000, false)))
          .toList();
    }

    private Step topics(Sizes sizes, String label, int count, boolean created) {
      List<String> tables = IntStream.range(0, count).mapToObj(PlainTables::name).toList();
      SpreadLoad load = SpreadLoad.inTurn(sizes.plain(), count, sizes.of(40_000), 10);
      return Step.ofTopics(label, load, tables, created);
    }
  },

  PARTITIONS("partitions, by primary key, ten rows per transaction", "partitions") {
    @Override
    List<Step> steps(Sizes sizes) {
      return Stream.of(1, 10, 100, 1_000)
          .map(
              count ->
                  Step.ofPartitions(
                      text(count),
                      SpreadLoad.inTurn(sizes.plain(), 1, sizes.of(40_000), 10),
                      count))
          .toList();
    }
  },

  SKIPPED("row changes that are filtered out, twenty per transaction", "% skipped") {
    @Override
    List<Step> steps(Sizes sizes) {
      return List.of(
          skipped(sizes, 0, 25_000),
          skipped(sizes, 50, 50_000),
          skipped(sizes, 90, 100_000),
          skipped(sizes, 99, 150_000));
    }

    private Step skipped(Sizes sizes, int percent, int transactions) {
      SpreadLoad load =
          new SpreadLoad(
              sizes.plain(),
              2,
              // A multiple of 100, so that the percentage is exact.
              (sizes.of(transactions) + 99) / 100 * 100,
              20,
              i -> i * 37 % 100 < percent ? 1 : 0);
      return Step.ofFirstTable(Integer.toString(percent), load, 1 - percent / 100.0);
    }
  };

  private static final int MANY = 20_000;
  private static final int ROWS = 250_000;

  private final String title;
  private final String unit;

  Axis(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  /** The unit of the steps' labels. */
  String unit() {
    return unit;
  }

  /** The steps in ascending order. */
  abstract List<Step> steps(Sizes sizes);

  private static String text(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
