package io.binlogbroker.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes up a lively shop: transactions of one row and of many, changes of the partition key, and a
 * rollback now and then. The same seed makes the same transactions. One thread; no server.
 */
final class DemoLoad {
  private static final int MOST_ROWS = 25;

  private final ShopWords words;
  private final MallLoad mall;
  private final SocialLoad social;

  DemoLoad(long seed) {
    this.words = new ShopWords(seed);
    this.mall = new MallLoad(words);
    this.social = new SocialLoad(words);
  }

  /** The next transaction, which changes no more rows than {@code most}. */
  ShopTransaction next(int most) {
    if (words.below(25) == 0) {
      return new ShopTransaction(mall.abandonedOrder(), true);
    }
    int wanted = Math.min(most, rows());
    List<ShopStatement> statements = new ArrayList<>();
    for (int rows = 0; rows < wanted; ) {
      ShopStatement statement = statement(wanted - rows);
      statements.add(statement);
      rows += statement.rows();
    }
    return new ShopTransaction(statements, false);
  }

  private ShopStatement statement(int most) {
    return words.below(100) < 65 ? mall.next(most) : social.next(most);
  }

  /** Most transactions are small. */
  private int rows() {
    return words.below(2) == 0 ? 1 : words.few(words.few(MOST_ROWS));
  }
}
