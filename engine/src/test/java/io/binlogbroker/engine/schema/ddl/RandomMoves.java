package io.binlogbroker.engine.schema.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generates tables and an ALTER TABLE for each, with clauses that move, change, add, drop and
 * rename columns. Servers refuse some of them. One thread.
 */
final class RandomMoves {
  private static final List<String> OLD = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> ALL = List.of("a", "b", "c", "d", "e", "f", "x", "y");
  private static final List<String> TYPES = List.of("INT", "BIGINT", "CHAR(3)", "TEXT", "DATE");

  private final Random random;

  RandomMoves(long seed) {
    random = new Random(seed);
  }

  /** Three statements, so that a refused one has little effect. */
  List<String> next(String table) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE "
            + table
            + " (a INT, b INT, c INT, d INT, e INT, f INT, PRIMARY KEY (b, d))");
    for (int i = 0; i < 3; i++) {
      List<String> clauses = new ArrayList<>();
      for (int more = 1 + random.nextInt(4); more > 0; more--) {
        clauses.add(clause(table));
      }
      String last = random.nextInt(6) == 0 ? " PARTITION BY KEY ()" : "";
      statements.add("ALTER TABLE " + table + " " + String.join(", ", clauses) + last);
    }
    return statements;
  }

  private String clause(String table) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> "MODIFY " + oneOf(OLD) + " " + oneOf(TYPES) + place();
      case 5, 6 -> "CHANGE " + oneOf(OLD) + " " + oneOf(ALL) + " " + oneOf(TYPES) + place();
      case 7 -> "RENAME COLUMN " + oneOf(OLD) + " TO " + oneOf(ALL);
      case 8 -> "ADD COLUMN IF NOT EXISTS " + oneOf(ALL) + " " + oneOf(TYPES) + place();
      case 9 -> "DROP " + (random.nextBoolean() ? table + "." : "") + oneOf(OLD);
      default ->
          "ADD "
              + (random.nextInt(4) == 0 ? table + "." : "")
              + oneOf(ALL)
              + " INT NOT NULL DEFAULT 7"
              + place();
    };
  }

  private String place() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> " FIRST";
      default -> " AFTER " + oneOf(ALL);
    };
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
