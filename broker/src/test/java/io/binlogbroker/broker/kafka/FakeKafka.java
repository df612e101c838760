package io.binlogbroker.broker.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** A Kafka server that only returns another advertised address. One thread for each connection. */
final class FakeKafka implements AutoCloseable {
  private final ServerSocket server;
  private final String advertisedHost;
  private final int advertisedPort;

  private FakeKafka(ServerSocket server, String advertisedHost, int advertisedPort) {
    this.server = server;
    this.advertisedHost = advertisedHost;
    this.advertisedPort = advertisedPort;
  }

  static FakeKafka advertising(String host, int port) throws IOException {
    FakeKafka kafka =
        new FakeKafka(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), host, port);
    start(kafka::accept);
    return kafka;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fake-kafka");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        start(() -> serve(client));
      }
    } catch (SocketException e) {
      // Closed: the test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      while (true) {
        byte[] request = new byte[in.readInt()];
        in.readFully(request);
        ByteBuffer response = answer(RequestHeader.parse(ByteBuffer.wrap(request)));
        out.writeInt(response.remaining());
        out.write(response.array(), response.arrayOffset(), response.remaining());
        out.flush();
      }
    } catch (EOFException | SocketException e) {
      // The client has gone.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer answer(RequestHeader request) {
    ResponseHeader header = request.toResponseHeader();
    ApiMessage body = request.apiKey() == ApiKeys.API_VERSIONS ? versions() : metadata();
    return RequestUtils.serialize(
        header.data(), header.headerVersion(), body, request.apiVersion());
  }

  private static ApiVersionsResponseData versions() {
    ApiVersionCollection keys = new ApiVersionCollection();
    for (ApiKeys key : new ApiKeys[] {ApiKeys.API_VERSIONS, ApiKeys.METADATA}) {
      keys.add(
          new ApiVersion()
              .setApiKey(key.id)
              .setMinVersion(key.oldestVersion())
              .setMaxVersion(key.latestVersion()));
    }
    return new ApiVersionsResponseData().setApiKeys(keys);
  }

  private MetadataResponseData metadata() {
    MetadataResponseData data = new MetadataResponseData().setClusterId("fake").setControllerId(1);
    data.brokers()
        .add(
            new MetadataResponseBroker()
                .setNodeId(1)
                .setHost(advertisedHost)
                .setPort(advertisedPort));
    return data;
  }
}
