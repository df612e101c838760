package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.watch.ReportedConfigs.Report;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.thread.GroupContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of every {@link ConfigStore}. */
@Timeout(120)
public abstract class ConfigStoreContract {
  private final ReportedConfigs reported = new ReportedConfigs();
  private final List<ConfigStore> open = new ArrayList<>();

  /** A store over the same place as the others made by this test. */
  protected abstract ConfigStore store();

  /** Puts a text there as the source's part, as an operator does; the broker's part is valid. */
  protected abstract void write(String source);

  @AfterEach
  void close() {
    open.forEach(ConfigStore::close);
  }

  @Test
  void loadsTheStoredConfiguration() {
    write(of("goods"));

    StoredConfig config = opened().load();

    assertThat(config.config().source().sources().get(0).tables().get(0).table())
        .isEqualTo("goods");
    assertThat(config.revision()).isPositive();
  }

  @Test
  void theRevisionChangesOnlyWithTheText() {
    write(of("goods"));
    ConfigStore store = opened();
    long first = store.load().revision();

    assertThat(store.load().revision()).isEqualTo(first);
    write(of("orders"));
    assertThat(store.load().revision()).isGreaterThan(first);
  }

  @Test
  void refusesAnInvalidTextAndNamesTheFaults() {
    write("{\"MysqlConn\": \"u:p@tcp(db:3306)\",\n \"Sorces\": []}");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> opened().load())
        .withMessageContaining("Sorces");
  }

  @Test
  void aFailingListenerGetsAFaultAndThenTheNextChange() {
    write(of("goods"));
    ConfigStore store = opened();
    GroupContext group = new GroupContext("db_mall");
    group.run(() -> store.watch(store.load().revision(), new FailingOnce(reported)));

    write(of("orders"));
    assertThat(reported.next().tables()).contains("internal error (IllegalStateException)");
    assertThat(group.failures().count()).isPositive();
    assertThat(group.failures().last())
        .isEqualTo("config-watch-db_mall: java.lang.IllegalStateException");

    write(of("users"));
    assertThat(reported.nextWith("users").config()).isNotNull();
  }

  /** Fails at the first change like an internal error. */
  private static final class FailingOnce implements ConfigStore.Listener {
    private final ReportedConfigs reported;
    private boolean failed;

    FailingOnce(ReportedConfigs reported) {
      this.reported = reported;
    }

    @Override
    public void changed(StoredConfig config) {
      if (!failed) {
        failed = true;
        throw new IllegalStateException("of a test");
      }
      reported.changed(config);
    }

    @Override
    public void faulty(long revision, ConfigException faults) {
      reported.faulty(revision, faults);
    }
  }

  @Test
  void reportsAChangeWithAGreaterRevision() {
    write(of("goods"));
    ConfigStore store = opened();
    long revision = watch(store);

    write(of("orders"));

    Report next = reported.next();
    assertThat(next.tables()).isEqualTo("orders");
    assertThat(next.revision()).isGreaterThan(revision);
  }

  @Test
  void reportsAChangeBetweenLoadingAndWatching() {
    write(of("goods"));
    ConfigStore store = opened();
    long revision = store.load().revision();

    write(of("orders"));
    store.watch(revision, reported);

    assertThat(reported.next().tables()).isEqualTo("orders");
  }

  @Test
  void reportsTheLastOfManyChanges() {
    write(of("goods"));
    watch(opened());

    for (int i = 1; i <= 20; i++) {
      write(of("orders_" + i));
    }

    assertThat(reported.nextWith("orders_20").faults()).isNull();
  }

  @Test
  void reportsFaultsAndTheirFix() {
    write(of("goods"));
    watch(opened());

    write("{\"MysqlConn\": \"u:p@tcp(db:3306)\",\n \"Sources\": [}");
    Report broken = reported.next();
    write(of("goods"));
    Report fixed = reported.next();

    assertThat(broken.faults()).hasMessageContaining("line ");
    assertThat(fixed.tables()).isEqualTo("goods");
    assertThat(fixed.revision()).isGreaterThan(broken.revision());
  }

  @Test
  void reportsToEachOfTwoStores() {
    write(of("goods"));
    ReportedConfigs other = new ReportedConfigs();
    watch(opened());
    ConfigStore second = opened();
    second.watch(second.load().revision(), other);

    write(of("orders"));

    assertThat(reported.next().tables()).isEqualTo("orders");
    assertThat(other.next().tables()).isEqualTo("orders");
  }

  @Test
  void reportsNothingAfterClose() {
    write(of("goods"));
    ConfigStore ended = opened();
    watch(ended);
    ReportedConfigs other = new ReportedConfigs();
    ConfigStore second = opened();
    second.watch(second.load().revision(), other);

    ended.close();
    write(of("orders"));

    assertThat(other.next().tables()).isEqualTo("orders");
    assertThat(reported.isEmpty()).isTrue();
  }

  private ConfigStore opened() {
    ConfigStore store = store();
    open.add(store);
    return store;
  }

  private long watch(ConfigStore store) {
    long revision = store.load().revision();
    store.watch(revision, reported);
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
