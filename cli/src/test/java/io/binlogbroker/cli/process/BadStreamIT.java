package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.network.Tampering;
import io.binlogbroker.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packets from MySQL are damaged in transit: no damaged data is delivered, and nothing is lost. */
@Timeout(300)
class BadStreamIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String MARK = "marked";

  @TempDir private static Path folder;

  private static Shop shop;
  private static TcpProxy proxy;
  private static BrokerProcess broker;

  @BeforeAll
  static void open() {
    shop = Shop.open(MysqlServer.mysql8033(), new KafkaServer());
    proxy = TcpProxy.to(shop.mysql().port());
    broker = shop.broker(folder, proxy.port(), "\"MaxEventSize\": \"1MiB\",");
  }

  @AfterAll
  static void close() {
    broker.close();
    proxy.close();
    shop.close();
  }

  @BeforeEach
  void start() {
    broker.start().awaitReading();
    // By then the first events, such as the format description, have been read.
    broker.awaitProgress(() -> shop.write("plain"));
  }

  @AfterEach
  void stop() {
    proxy.tamper(Tampering.none());
    broker.close();
  }

  @Test
  void aTruncatedPacketIsReadAgain() {
    int before = broker.timesReading();
    proxy.tamper(new MarkedPacket(MARK, MarkedPacket.tear()));
    shop.write(MARK);
    broker.awaitReadingAgain(before);

    String figures = ShopReplay.verify(shop);

    assertThat(broker.console()).contains("closed the connection after");
    System.out.println("BadStreamIT: " + figures + ", 1 torn packet");
  }

  @Test
  void aFlippedBitEndsTheBrokerAtItsPosition() {
    requireEnd("Checksum error", MarkedPacket.flipBit());
  }

  @Test
  void anEventWithAWrongLengthEndsTheBroker() {
    requireEnd("a length of 2147483647 bytes", MarkedPacket.eventLength(Integer.MAX_VALUE));
  }

  @Test
  void aPacketLengthAboveTheLimitEndsTheBroker() {
    requireEnd("exceeds the limit of 2097152 (MaxEventSize)", MarkedPacket.packetLength(0xFFFFFE));
  }

  @Test
  void aPacketLengthBelowItsContentEndsTheBroker() {
    requireEnd("Checksum error", MarkedPacket.packetLength(40));
  }

  private static void requireEnd(String what, MarkedPacket.Damage damage) {
    proxy.tamper(new MarkedPacket(MARK, damage));
    shop.write(MARK);

    int exitCode = broker.awaitEnd(LIMIT);

    String error = broker.lastLine();
    assertThat(exitCode).isEqualTo(ExitCode.SOURCE_DATA.number());
    assertThat(error).contains("ERROR", what).containsPattern("binlog\\.\\d+:\\d+");
    assertThat(broker.console()).doesNotContain("\tat ", "Exception", "OutOfMemory");
    proxy.tamper(Tampering.none());
    broker.start().awaitReading();
    System.out.printf("BadStreamIT: %s, after: %s%n", ShopReplay.verify(shop), error);
  }
}
