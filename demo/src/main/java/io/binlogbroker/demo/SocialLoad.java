package io.binlogbroker.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generates the changes of {@code social_db}, and tracks which rows exist. One thread. */
final class SocialLoad {
  private static final int MIN_USERS = 4;

  private final ShopWords words;
  private final List<Long> users = new ArrayList<>();
  private final List<Long> posts = new ArrayList<>();
  private final Set<Follow> follows = new LinkedHashSet<>();
  private long lastUser = 1000;
  private long lastPost;

  private record Follow(long follower, long followee) {}

  SocialLoad(ShopWords words) {
    this.words = words;
  }

  /** The next statement, which changes at most {@code max} rows. */
  ShopStatement next(int max) {
    int percentile = words.below(100);
    if (users.size() < MIN_USERS || percentile < 10) {
      return join();
    }
    if (posts.isEmpty() || percentile < 35) {
      return post(words.few(Math.min(max, 4)));
    }
    if (percentile < 60) {
      return like(words.some(posts, words.few(Math.min(max, 5))));
    }
    if (percentile < 85) {
      return follow(new Follow(words.one(users), words.one(users)));
    }
    if (percentile < 92) {
      return edit(words.one(users));
    }
    return unpost(words.one(posts));
  }

  private ShopStatement join() {
    long id = ++lastUser;
    users.add(id);
    String name = words.person();
    return ShopStatement.of(
        "INSERT INTO social_db.user (id, name, email, birthday, avatar) VALUES (?,?,?,?,?)",
        1,
        id,
        name,
        words.orNull("u" + id + "@example.com"),
        words.orNull(words.now().toLocalDate().minusYears(20 + words.below(40))),
        words.orNull(words.bytes(1 + words.below(16))));
  }

  private ShopStatement post(int rows) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      posts.add(++lastPost);
      values.add(lastPost);
      values.add(words.one(users));
      values.add(words.phrase());
      values.add(0);
      values.add(words.fraction());
      values.add(words.below(2));
      values.add(words.orNull("{\"tags\": [\"茶\", \"" + words.goods() + "\"], \"geo\": null}"));
      values.add(words.now());
    }
    return new ShopStatement(
        "INSERT INTO social_db.post (id, user_id, body, likes, score, pinned, extra, posted_at)"
            + " VALUES "
            + ShopStatement.rowPlaceholders(rows, 8),
        rows,
        values);
  }

  private ShopStatement like(List<Long> ids) {
    return new ShopStatement(
        "UPDATE social_db.post SET likes = likes + 1, score = SQRT(score + 1) WHERE id IN ("
            + ShopStatement.placeholders(ids.size())
            + ")",
        ids.size(),
        new ArrayList<>(ids));
  }

  /** An existing follow moves to another followee, which changes the primary key, or is deleted. */
  private ShopStatement follow(Follow wanted) {
    if (follows.add(wanted)) {
      return ShopStatement.of(
          "INSERT INTO social_db.follow VALUES (?,?,?)",
          1,
          wanted.follower,
          wanted.followee,
          words.now());
    }
    Follow other = new Follow(wanted.follower, words.one(users));
    follows.remove(wanted);
    if (other.equals(wanted) || !follows.add(other)) {
      return ShopStatement.of(
          "DELETE FROM social_db.follow WHERE follower_id = ? AND followee_id = ?",
          1,
          wanted.follower,
          wanted.followee);
    }
    return ShopStatement.of(
        "UPDATE social_db.follow SET followee_id = ? WHERE follower_id = ? AND followee_id = ?",
        1,
        other.followee,
        wanted.follower,
        wanted.followee);
  }

  private ShopStatement edit(long id) {
    String email = "u" + id + "." + words.now().getNano() + "@example.com";
    return ShopStatement.of(
        "UPDATE social_db.user SET email = ?, name = ?, birthday = NULL WHERE id = ?",
        1,
        email,
        words.person(),
        id);
  }

  private ShopStatement unpost(Long id) {
    posts.remove(id);
    return ShopStatement.of("DELETE FROM social_db.post WHERE id = ?", 1, id);
  }
}
