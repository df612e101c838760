package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What a snapshot must survive. */
enum SnapshotFault {
  /** The other broker takes over, and the killed one becomes its standby. */
  MASTER_KILLED {
    @Override
    void inject(SnapshotScene scene) {
      BrokerPair pair = scene.pair();
      PairMember master = pair.master();
      pair.awaitSlave(pair.other(master));
      master.broker().kill();
      pair.awaitMaster(pair.other(master));
      master.broker().start();
    }
  },

  MYSQL_KILLED {
    @Override
    void inject(SnapshotScene scene) {
      scene.mysql().kill();
      Pause.of(OUTAGE_MILLIS);
      scene.mysql().start();
    }
  },

  MYSQL_RESTARTED {
    @Override
    void inject(SnapshotScene scene) {
      scene.mysql().restart();
    }
  },

  /** All connections of the brokers but that of the stream. */
  CONNECTIONS_KILLED {
    @Override
    void inject(SnapshotScene scene) {
      MysqlServer mysql = scene.mysql();
      String sql =
          "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'rep_user' AND COMMAND NOT"
              + " LIKE 'Binlog Dump%'";
      BrokerPair.await("connections to kill", () -> !mysql.query(sql).isEmpty());
      for (Map<String, String> connection : mysql.query(sql)) {
        scene.tryOnMysql("KILL " + Objects.requireNonNull(connection.get("ID")));
      }
    }
  },

  NETWORK_CUT {
    @Override
    void inject(SnapshotScene scene) {
      PairMember master = scene.pair().master();
      master.mysql().cut();
      Pause.of(OUTAGE_MILLIS);
      master.mysql().restore();
    }
  },

  COLUMN_ADDED {
    @Override
    void inject(SnapshotScene scene) {
      scene.table().addColumn();
    }
  },

  TABLE_REBUILT {
    @Override
    void inject(SnapshotScene scene) {
      scene.table().rebuild();
    }
  };

  private static final int OUTAGE_MILLIS = 500;

  /** Each within the first seven. */
  private static final List<SnapshotFault> TEN =
      List.of(
          MASTER_KILLED,
          MYSQL_KILLED,
          CONNECTIONS_KILLED,
          TABLE_REBUILT,
          MYSQL_RESTARTED,
          COLUMN_ADDED,
          NETWORK_CUT,
          MASTER_KILLED,
          CONNECTIONS_KILLED,
          MASTER_KILLED);

  /** Happens while a snapshot is in progress; returns when the servers and brokers run again. */
  abstract void inject(SnapshotScene scene);

  /** This number of faults in random order, each kind as often as any other, or nearly. */
  static List<SnapshotFault> some(int count, Random random) {
    List<SnapshotFault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faults.add(TEN.get(i % TEN.size()));
    }
    Collections.shuffle(faults, random);
    return faults;
  }
}
