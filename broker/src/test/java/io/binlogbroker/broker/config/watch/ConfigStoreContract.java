package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.watch.ToldConfigs.Told;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.relay.ThreadFailures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ConfigStore} does. */
@Timeout(120)
public abstract class ConfigStoreContract {
  private final ToldConfigs told = new ToldConfigs();
  private final List<ConfigStore> open = new ArrayList<>();

  /** A store over the same place as the others made by this test. */
  protected abstract ConfigStore store();

  /** Puts a text there as the source's part, as an operator does; the broker's part is sound. */
  protected abstract void write(String source);

  @AfterEach
  void close() {
    open.forEach(ConfigStore::close);
  }

  @Test
  void loadsWhatLiesThere() {
    write(of("goods"));

    StoredConfig config = opened().load();

    assertThat(config.config().source().sources().get(0).tables().get(0).table())
        .isEqualTo("goods");
    assertThat(config.revision()).isPositive();
  }

  @Test
  void loadingTwiceGivesTheSameRevisionUnlessItWasChanged() {
    write(of("goods"));
    ConfigStore store = opened();
    long first = store.load().revision();

    assertThat(store.load().revision()).isEqualTo(first);
    write(of("orders"));
    assertThat(store.load().revision()).isGreaterThan(first);
  }

  @Test
  void refusesToLoadFaultsAndNamesThem() {
    write("{\"MysqlConn\": \"u:p@tcp(db:3306)\",\n \"Sorces\": []}");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> opened().load())
        .withMessageContaining("Sorces");
  }

  @Test
  void aListenerThatFailsIsToldThatTheChangeCannotBeUsedAndOfTheNextOne() {
    write(of("goods"));
    ConfigStore store = opened();
    long failures = ThreadFailures.ofProcess().count();
    store.watch(store.load().revision(), new FailingOnce(told));

    write(of("orders"));
    assertThat(told.next().tables()).contains("internal error (IllegalStateException)");
    assertThat(ThreadFailures.ofProcess().count()).isGreaterThan(failures);
    assertThat(ThreadFailures.ofProcess().last())
        .isEqualTo("config-watch: java.lang.IllegalStateException");

    write(of("users"));
    assertThat(told.nextWith("users").config()).isNotNull();
  }

  /** Fails at the first change, as a fault in our own code would. */
  private static final class FailingOnce implements ConfigStore.Listener {
    private final ToldConfigs told;
    private boolean failed;

    FailingOnce(ToldConfigs told) {
      this.told = told;
    }

    @Override
    public void changed(StoredConfig config) {
      if (!failed) {
        failed = true;
        throw new IllegalStateException("of a test");
      }
      told.changed(config);
    }

    @Override
    public void faulty(long revision, ConfigException faults) {
      told.faulty(revision, faults);
    }
  }

  @Test
  void tellsAChangeWithAGreaterRevision() {
    write(of("goods"));
    ConfigStore store = opened();
    long revision = watch(store);

    write(of("orders"));

    Told next = told.next();
    assertThat(next.tables()).isEqualTo("orders");
    assertThat(next.revision()).isGreaterThan(revision);
  }

  @Test
  void tellsWhatWasChangedBetweenLoadingAndWatching() {
    write(of("goods"));
    ConfigStore store = opened();
    long revision = store.load().revision();

    write(of("orders"));
    store.watch(revision, told);

    assertThat(told.next().tables()).isEqualTo("orders");
  }

  @Test
  void tellsTheLastOfManyChanges() {
    write(of("goods"));
    watch(opened());

    for (int i = 1; i <= 20; i++) {
      write(of("orders_" + i));
    }

    assertThat(told.nextWith("orders_20").faults()).isNull();
  }

  @Test
  void tellsFaultsAndWhatMendsThem() {
    write(of("goods"));
    watch(opened());

    write("{\"MysqlConn\": \"u:p@tcp(db:3306)\",\n \"Sources\": [}");
    Told broken = told.next();
    write(of("goods"));
    Told fixed = told.next();

    assertThat(broken.faults()).hasMessageContaining("line ");
    assertThat(fixed.tables()).isEqualTo("goods");
    assertThat(fixed.revision()).isGreaterThan(broken.revision());
  }

  @Test
  void tellsEachOfTwoStores() {
    write(of("goods"));
    ToldConfigs other = new ToldConfigs();
    watch(opened());
    ConfigStore second = opened();
    second.watch(second.load().revision(), other);

    write(of("orders"));

    assertThat(told.next().tables()).isEqualTo("orders");
    assertThat(other.next().tables()).isEqualTo("orders");
  }

  @Test
  void tellsNothingAfterItsEnd() {
    write(of("goods"));
    ConfigStore ended = opened();
    watch(ended);
    ToldConfigs other = new ToldConfigs();
    ConfigStore second = opened();
    second.watch(second.load().revision(), other);

    ended.close();
    write(of("orders"));

    assertThat(other.next().tables()).isEqualTo("orders");
    assertThat(told.isEmpty()).isTrue();
  }

  private ConfigStore opened() {
    ConfigStore store = store();
    open.add(store);
    return store;
  }

  private long watch(ConfigStore store) {
    long revision = store.load().revision();
    store.watch(revision, told);
    return revision;
  }

  private static String of(String table) {
    return """
    {"MysqlConn": "u:p@tcp(db:3306)",
     "Sources": [{"Schema": "mall_db", "Tables": [{"Table": "%s"}]}]}
    """
        .formatted(table);
  }
}
