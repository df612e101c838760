package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of requests does. */
public abstract class SnapshotRequestsContract {
  /** The store of a group, empty before its first use. */
  protected abstract SnapshotRequests store(String group);

  /** Stores something else where a request is expected. */
  protected abstract void damage(String group, String id);

  protected static SnapshotRequest request(String id) {
    List<TableName> tables = List.of(new TableName("mall_db", "订单"));
    return new SnapshotRequest(id, Action.START, tables, "id > 7", 3);
  }

  @Test
  void requestsAreKeptInTheOrderOfTheirIds() {
    SnapshotRequests store = store("ordered");
    store.add(request("0002-b"));
    store.add(request("0001-a"));
    store("of_another_group").add(request("0000-c"));

    assertThat(store("ordered").pending()).containsExactly(request("0001-a"), request("0002-b"));
  }

  @Test
  void aRemovedRequestIsGone() {
    SnapshotRequests store = store("removing");
    store.add(request("0001-a"));

    store.remove("0001-a");
    store.remove("0001-a");

    assertThat(store.pending()).isEmpty();
  }

  @Test
  void whatIsNoRequestIsRemoved() {
    SnapshotRequests store = store("damaged");
    store.add(request("0002-b"));
    damage("damaged", "0001-a");

    assertThat(store.pending()).containsExactly(request("0002-b"));
    assertThat(store.pending()).containsExactly(request("0002-b"));
  }
}
