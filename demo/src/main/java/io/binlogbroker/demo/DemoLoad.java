package io.binlogbroker.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Generates the transactions of a shop: of one row and of many, with changes of the partition key,
 * and a rollback now and then. The same seed generates the same transactions. One thread.
 */
final class DemoLoad {
  private static final int MAX_ROWS = 25;

  private final ShopWords words;
  private final MallLoad mall;
  private final SocialLoad social;

  DemoLoad(long seed) {
    this.words = new ShopWords(seed);
    this.mall = new MallLoad(words);
    this.social = new SocialLoad(words);
  }

  /** The next transaction, which changes at most {@code max} rows. */
  ShopTransaction next(int max) {
    if (words.below(25) == 0) {
      return new ShopTransaction(mall.cancelledOrder(), true);
    }
    int wanted = Math.min(max, rows());
    List<ShopStatement> statements = new ArrayList<>();
    for (int rows = 0; rows < wanted; ) {
      ShopStatement statement = statement(wanted - rows);
      statements.add(statement);
      rows += statement.rows();
    }
    return new ShopTransaction(statements, false);
  }

  private ShopStatement statement(int max) {
    return words.below(100) < 65 ? mall.next(max) : social.next(max);
  }

  /** Most transactions are small. */
  private int rows() {
    return words.below(2) == 0 ? 1 : words.few(words.few(MAX_ROWS));
  }
}
