package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoLoadTest {
  @Test
  void theSameSeedMakesTheSameChanges() {
    assertThat(texts(load(7, 500))).isEqualTo(texts(load(7, 500)));
  }

  @Test
  void anotherSeedMakesOtherChanges() {
    assertThat(texts(load(7, 500))).isNotEqualTo(texts(load(8, 500)));
  }

  @Test
  void noTransactionChangesMoreRowsThanRemain() {
    DemoLoad load = new DemoLoad(3);

    for (int i = 0; i < 2000; i++) {
      int max = 1 + i % 5;
      assertThat(load.next(max).rows()).isBetween(0, max);
    }
  }

  @Test
  void aRolledBackTransactionChangesNothing() {
    assertThat(load(1, 500)).anyMatch(t -> t.isRolledBack() && !t.statements().isEmpty());
    assertThat(load(1, 500))
        .filteredOn(ShopTransaction::isRolledBack)
        .allMatch(transaction -> transaction.rows() == 0);
  }

  @Test
  void everyKindOfChangeOccurs() {
    String all = String.join("\n", texts(load(1, 1000)));

    assertThat(all)
        .contains("INSERT INTO mall_db.goods", "UPDATE mall_db.goods", "DELETE FROM mall_db.goods")
        .contains("INSERT INTO mall_db.package", "DELETE FROM mall_db.package")
        .contains("UPDATE mall_db.package SET status", "UPDATE mall_db.package SET usr_id")
        .contains("INSERT INTO social_db.user", "UPDATE social_db.user")
        .contains("INSERT INTO social_db.post", "UPDATE social_db.post")
        .contains("DELETE FROM social_db.post")
        .contains("INSERT INTO social_db.follow", "UPDATE social_db.follow")
        .contains("DELETE FROM social_db.follow");
  }

  @Test
  void transactionsChangeOneRowOrMany() {
    assertThat(load(1, 1000)).anyMatch(transaction -> transaction.rows() == 1);
    assertThat(load(1, 1000)).anyMatch(transaction -> transaction.rows() > 10);
  }

  private static List<ShopTransaction> load(long seed, int transactions) {
    DemoLoad load = new DemoLoad(seed);
    List<ShopTransaction> all = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      all.add(load.next(Integer.MAX_VALUE));
    }
    return all;
  }

  private static List<String> texts(List<ShopTransaction> transactions) {
    return transactions.stream()
        .flatMap(transaction -> transaction.statements().stream())
        .map(
            statement ->
                statement.sql() + statement.values().stream().map(DemoLoadTest::text).toList())
        .toList();
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : "" + value;
  }
}
