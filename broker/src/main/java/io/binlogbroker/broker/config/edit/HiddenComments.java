package io.binlogbroker.broker.config.edit;

import io.binlogbroker.broker.config.edit.HiddenText.Edit;
import io.binlogbroker.broker.config.text.DashComments;
import io.binlogbroker.broker.config.text.JsonSpan;
import io.binlogbroker.engine.model.Faults;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds for each hidden comment of a text the stored comment that it stands for: that of the same
 * line, or between unchanged lines the one with the same number. Stateless.
 */
final class HiddenComments {
  /** The lines of a text, and for each line the hidden comments that begin in it. */
  private record Lines(List<String> lines, List<List<Edit>> comments) {
    List<Edit> between(int from, int to) {
      return comments.subList(from, to).stream().flatMap(List::stream).toList();
    }
  }

  private HiddenComments() {}

  /**
   * The replacements in a text.
   *
   * @param faults receives the line of comments of which it is not clear what they stand for
   */
  static List<Edit> restored(String text, String stored, Faults faults) {
    Lines given = lines(text, runs(text).stream().filter(HiddenComments::isHidden).toList());
    Lines known = shown(stored);
    int[] same = SameLines.of(known.lines(), given.lines());
    List<Edit> edits = new ArrayList<>();
    int knownDone = 0;
    int done = 0;
    for (int i = 0; i <= same.length; i++) {
      int line = i < same.length ? same[i] : known.lines().size();
      if (line < 0) {
        continue;
      }
      pair(known.between(knownDone, line), given.between(done, i), edits, text, faults);
      if (i < same.length) {
        pair(known.comments().get(line), given.comments().get(i), edits, text, faults);
      }
      knownDone = line + 1;
      done = i + 1;
    }
    return edits;
  }

  private static void pair(
      List<Edit> known, List<Edit> given, List<Edit> edits, String text, Faults faults) {
    if (given.isEmpty()) {
      return;
    }
    if (known.size() != given.size()) {
      long line =
          1 + text.substring(0, given.get(0).start()).chars().filter(c -> c == '\n').count();
      faults.add(
          "",
          "line "
              + line
              + ": the comment \"***\" stands for a hidden one, but it is not clear for which; fix:"
              + " write the comment, or remove it");
      return;
    }
    for (int i = 0; i < given.size(); i++) {
      edits.add(new Edit(given.get(i).start(), given.get(i).end(), known.get(i).text()));
    }
  }

  /** The stored text as it is shown; its comments with their hidden text. */
  private static Lines shown(String stored) {
    BitSet values = new BitSet();
    addValues(JsonSpan.read(stored), values);
    List<Edit> hidden = runs(stored).stream().filter(run -> !values.get(run.start())).toList();
    String shown = MaskedText.of(stored);
    List<Edit> places = runs(shown);
    List<Edit> comments = new ArrayList<>();
    for (int i = 0; i < Math.min(places.size(), hidden.size()); i++) {
      comments.add(new Edit(places.get(i).start(), places.get(i).end(), hidden.get(i).text()));
    }
    return lines(shown, comments);
  }

  /** Comments in empty objects and lists are not shown. */
  private static void addValues(JsonSpan value, BitSet values) {
    value.children().forEach(child -> addValues(child, values));
    if (value.children().isEmpty()) {
      values.set(value.open(), value.end());
    }
  }

  private static boolean isHidden(Edit run) {
    return MaskedText.comment(run.text()).equals(run.text().stripTrailing());
  }

  /** The comments of a text, adjacent ones as one. */
  private static List<Edit> runs(String text) {
    BitSet comments = DashComments.positions(text);
    List<Edit> runs = new ArrayList<>();
    for (int at = comments.nextSetBit(0); at >= 0; ) {
      int end = comments.nextClearBit(at);
      runs.add(new Edit(at, end, text.substring(at, end)));
      at = comments.nextSetBit(end);
    }
    return runs;
  }

  private static Lines lines(String text, List<Edit> comments) {
    List<String> lines = List.of(text.split("\n", -1));
    List<List<Edit>> byLine = new ArrayList<>();
    int next = 0;
    int end = 0;
    for (String line : lines) {
      end += line.length() + 1;
      List<Edit> here = new ArrayList<>();
      while (next < comments.size() && comments.get(next).start() < end) {
        here.add(comments.get(next++));
      }
      byLine.add(here);
    }
    return new Lines(lines, byLine);
  }
}
