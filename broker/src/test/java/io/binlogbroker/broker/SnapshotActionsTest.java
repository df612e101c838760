package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.file.FileSnapshotRequests;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotActionsTest implements SnapshotActions.SnapshotQueries {
  private static final TableName GOODS = new TableName("mall", "goods");
  private static final TableName SECRET = new TableName("mall", "secret");

  @TempDir Path folder;
  private FileSnapshotRequests requests;
  private SnapshotActions actions;

  @BeforeEach
  void open() {
    requests = new FileSnapshotRequests(folder, "db_mall");
    actions = new SnapshotActions(requests, this, Clock.systemUTC());
  }

  @Test
  void aStartIsWrittenForTheMaster() {
    actions.start(List.of(GOODS), "id > 5", 3);

    SnapshotRequest request = requests.pending().get(0);
    assertThat(requests.pending()).hasSize(1);
    assertThat(request.action()).isEqualTo(Action.START);
    assertThat(request.tables()).containsExactly(GOODS);
    assertThat(request.where()).isEqualTo("id > 5");
    assertThat(request.priority()).isEqualTo(3);
  }

  @Test
  void aTableThatCannotBeReadIsRefused() {
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> actions.start(List.of(SECRET), null, 0))
        .withMessageContaining("mall.secret");
    assertThat(requests.pending()).isEmpty();
  }

  @Test
  void onlySnapshotsThatWereStartedAreChanged() {
    actions.change(Action.PAUSE, List.of(GOODS));
    actions.change(Action.CANCEL, List.of());

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> actions.change(Action.PAUSE, List.of(GOODS, SECRET)))
        .withMessageContaining("No snapshot of mall.secret was started");
    assertThat(requests.pending())
        .extracting(SnapshotRequest::action)
        .containsExactlyInAnyOrder(Action.PAUSE, Action.CANCEL);
  }

  @Override
  public void requireReadable(List<TableName> tables, @Nullable String where) {
    if (tables.contains(SECRET)) {
      throw DeliveryException.fatal(FailureKind.SOURCE_ACCESS, SECRET + ": SELECT is denied");
    }
  }

  @Override
  public List<TableName> started() {
    return List.of(GOODS);
  }
}
