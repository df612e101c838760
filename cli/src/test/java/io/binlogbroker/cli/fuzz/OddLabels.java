package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;

/**
 * ENUMs and SETs whose labels the server stores differently from the statement: with trailing
 * spaces, binary, with characters that the character set lacks, as numbers.
 */
final class OddLabels {
  private static final String[] OF_BYTES = {"'a ','b  ','订'", "'x','订 ','é'", "0x6120,'b',x'C3A9'"};

  private static final String[] OF_LATIN1 = {
    "'a ','b\t','c'",
    "'订1','é','2订'",
    "0x61,x'E9',b'01100010'",
    "'€','я','😀 '",
    "'a\\%','b\\_','\\q'"
  };

  private static final String[] OF_ALL = {
    "'a ','　 ','订'", "0xE8AEA2,'b',0x61", "'订 ','x','😀 '", "\"q\",'it''s','p\\%'"
  };

  private OddLabels() {}

  /** Three labels each. */
  static RandomType any(Dice dice) {
    boolean set = dice.chance(40);
    String definition =
        switch (dice.below(4)) {
          case 0 -> "(" + dice.oneOf(OF_BYTES) + ") CHARACTER SET binary";
          case 1 -> "(" + dice.oneOf(OF_ALL) + ") CHARACTER SET utf8mb4";
          case 2 -> "(" + dice.oneOf("'😀1','订','x'", "'a ','b','c'") + ") CHARACTER SET utf8mb3";
          default -> "(" + dice.oneOf(OF_LATIN1) + ") CHARACTER SET latin1";
        };
    return RandomType.of(
        (set ? "SET" : "ENUM") + definition,
        SelectedAs.TEXT,
        values -> "" + values.between(set ? 0 : 1, set ? 7 : 3));
  }
}
