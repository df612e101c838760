package io.binlogbroker.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Generates the changes of {@code mall_db}, and tracks which rows exist. One thread. */
final class MallLoad {
  private static final int MIN_GOODS = 8;
  private static final long FIRST_USER = 1001;
  private static final int USERS = 40;
  private static final List<String> CATEGORIES = List.of("tea", "book", "toy", "茶具");
  private static final List<String> LABELS = List.of("", "new", "sale", "new,gift", "sale,gift");
  private static final List<String> STATUSES = List.of("paid", "packed", "sent", "received");

  private final ShopWords words;
  private final List<Long> goods = new ArrayList<>();
  private final List<Parcel> parcels = new ArrayList<>();
  private long lastGoods;
  private long lastParcel = 5000;

  /** The columns of a row of {@code package} on which the next change depends. */
  private static final class Parcel {
    final long id;
    long user;
    int status;

    Parcel(long id, long user) {
      this.id = id;
      this.user = user;
    }
  }

  MallLoad(ShopWords words) {
    this.words = words;
  }

  /** The next statement, which changes at most {@code max} rows. */
  ShopStatement next(int max) {
    int percentile = words.below(100);
    if (goods.size() < MIN_GOODS || percentile < 8) {
      return listGoods(words.few(Math.min(max, 6)));
    }
    if (parcels.isEmpty() || percentile < 38) {
      return order();
    }
    if (percentile < 58) {
      return advance(words.one(parcels));
    }
    if (percentile < 66) {
      return handOver(words.some(parcels, Math.min(max, 1 + words.below(3))));
    }
    if (percentile < 74) {
      return remove(words.some(parcels, words.few(Math.min(max, 4))));
    }
    return changeGoods(percentile, max);
  }

  private ShopStatement changeGoods(int percentile, int max) {
    if (percentile < 84) {
      return restock(words.one(goods), 1 + words.below(50));
    }
    if (percentile < 90) {
      return raisePrices(words.some(goods, words.few(Math.min(max, 20))));
    }
    if (percentile < 96) {
      return describe(words.one(goods));
    }
    return delist(words.one(goods));
  }

  /** An order that is rolled back; none of its changes may be delivered. */
  List<ShopStatement> cancelledOrder() {
    if (goods.isEmpty()) {
      return List.of();
    }
    return List.of(insertParcel(++lastParcel, user()), restock(words.one(goods), -1));
  }

  private ShopStatement listGoods(int rows) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      long id = ++lastGoods;
      goods.add(id);
      values.add(id);
      values.add(words.goods() + " " + id);
      values.add(words.one(CATEGORIES));
      values.add(BigDecimal.valueOf(1 + words.below(99_999), 2));
      values.add(words.below(500));
      values.add(words.one(LABELS));
      values.add(words.orNull(words.below(4000) / 7.0));
      values.add(words.orNull(words.phrase()));
      values.add(words.orNull("{\"colour\": \"青\", \"sizes\": [1, 2.5, " + words.below(9) + "]}"));
      values.add(words.now().toLocalDate());
    }
    return new ShopStatement(
        "INSERT INTO mall_db.goods (id, name, category, price, stock, labels, weight_kg, note,"
            + " attributes, listed_on) VALUES "
            + ShopStatement.rowPlaceholders(rows, 10),
        rows,
        values);
  }

  private ShopStatement order() {
    Parcel parcel = new Parcel(++lastParcel, user());
    parcels.add(parcel);
    return insertParcel(parcel.id, parcel.user);
  }

  private ShopStatement insertParcel(long id, long user) {
    return ShopStatement.of(
        "INSERT INTO mall_db.package (id, usr_id, goods_id, amount, status, address, gift_note,"
            + " ordered_at) VALUES (?,?,?,?,'paid',?,?,?)",
        1,
        id,
        user,
        words.one(goods),
        BigDecimal.valueOf(1 + words.below(9_999_999), 2),
        words.address(),
        words.orNull(words.phrase()),
        words.now());
  }

  private ShopStatement advance(Parcel parcel) {
    parcel.status++;
    if (parcel.status == STATUSES.size()) {
      return remove(List.of(parcel));
    }
    String status = STATUSES.get(parcel.status);
    if (status.equals("sent")) {
      return ShopStatement.of(
          "UPDATE mall_db.package SET status = ?, sent_at = ? WHERE id = ?",
          1,
          status,
          words.now(),
          parcel.id);
    }
    return ShopStatement.of(
        "UPDATE mall_db.package SET status = ? WHERE id = ?", 1, status, parcel.id);
  }

  /** Changes the partition key. */
  private ShopStatement handOver(List<Parcel> chosen) {
    int step = 1 + words.below(USERS - 1);
    long user = FIRST_USER + (chosen.get(0).user - FIRST_USER + step) % USERS;
    List<Parcel> moved = chosen.stream().filter(parcel -> parcel.user != user).toList();
    moved.forEach(parcel -> parcel.user = user);
    List<@Nullable Object> values = new ArrayList<>(List.of(user));
    moved.forEach(parcel -> values.add(parcel.id));
    return new ShopStatement(
        "UPDATE mall_db.package SET usr_id = ? WHERE id IN ("
            + ShopStatement.placeholders(moved.size())
            + ")",
        moved.size(),
        values);
  }

  private ShopStatement remove(List<Parcel> chosen) {
    parcels.removeAll(chosen);
    return byIds("DELETE FROM mall_db.package WHERE id IN ", chosen.stream().mapToLong(p -> p.id));
  }

  private static ShopStatement restock(long id, int more) {
    return ShopStatement.of("UPDATE mall_db.goods SET stock = stock + ? WHERE id = ?", 1, more, id);
  }

  private static ShopStatement raisePrices(List<Long> ids) {
    return byIds(
        "UPDATE mall_db.goods SET price = price + 0.50 WHERE id IN ",
        ids.stream().mapToLong(Long::longValue));
  }

  private ShopStatement describe(long id) {
    String note = words.phrase() + " (" + words.now() + ")";
    return ShopStatement.of("UPDATE mall_db.goods SET note = ? WHERE id = ?", 1, note, id);
  }

  private ShopStatement delist(Long id) {
    goods.remove(id);
    return ShopStatement.of("DELETE FROM mall_db.goods WHERE id = ?", 1, id);
  }

  private static ShopStatement byIds(String sql, LongStream ids) {
    List<@Nullable Object> values = new ArrayList<>(ids.boxed().toList());
    return new ShopStatement(
        sql + "(" + ShopStatement.placeholders(values.size()) + ")", values.size(), values);
  }

  private long user() {
    return FIRST_USER + words.below(USERS);
  }
}
