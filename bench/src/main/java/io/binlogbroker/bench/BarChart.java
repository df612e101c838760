package io.binlogbroker.bench;

import java.util.List;
import java.util.Locale;

/** Draws rows per second as an SVG chart: a bar for each median, a line from minimum to maximum. */
final class BarChart {
  private static final int WIDTH = 910;
  private static final int LEFT = 280;
  private static final int BAR_WIDTH = 500;
  private static final int BAR_HEIGHT = 20;
  private static final int LINE_HEIGHT = 30;
  private static final List<String> COLOURS =
      List.of("#2f6f9f", "#5b9bc4", "#9a9a9a", "#c98b4b", "#e0b98a");

  private final StringBuilder svg = new StringBuilder();
  private final double scale;
  private int y;

  private BarChart(List<LoadResult> results) {
    double max =
        results.stream()
            .flatMap(result -> result.subjects().stream().map(name -> speed(result, name)))
            .mapToDouble(Spread::max)
            .max()
            .orElse(1);
    this.scale = BAR_WIDTH / max;
  }

  static String of(List<LoadResult> results) {
    BarChart chart = new BarChart(results);
    results.forEach(chart::load);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
        font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %3$s</svg>
        """
        .formatted(WIDTH, chart.y + 10, chart.svg);
  }

  private static Spread speed(LoadResult result, String subject) {
    return result.spread(subject, Measurement::rowsPerSecond);
  }

  private void load(LoadResult result) {
    y += LINE_HEIGHT;
    add("<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s, rows/s</text>", y, result.title());
    y += 10;
    int index = 0;
    for (String subject : result.subjects()) {
      bar(subject, speed(result, subject), COLOURS.get(index % COLOURS.size()));
      index++;
    }
  }

  private void bar(String subject, Spread speed, String colour) {
    int middle = y + BAR_HEIGHT / 2;
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, middle + 5, subject);
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>",
        LEFT, y, speed.median() * scale, BAR_HEIGHT, colour);
    add(
        "<path d=\"M%.0f %d H%.0f\" stroke=\"#222222\" stroke-width=\"2\"/>",
        LEFT + speed.min() * scale, middle, LEFT + speed.max() * scale);
    add(
        "<text x=\"%.0f\" y=\"%d\">%,.0f</text>",
        LEFT + speed.max() * scale + 8, middle + 5, speed.median());
    y += LINE_HEIGHT;
  }

  private void add(String element, Object... values) {
    svg.append(String.format(Locale.ROOT, element, values)).append('\n');
  }
}
