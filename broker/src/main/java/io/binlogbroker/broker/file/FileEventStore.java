package io.binlogbroker.broker.file;

import io.binlogbroker.broker.event.EventJson;
import io.binlogbroker.broker.event.EventReader;
import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.EventStore;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends events to a file with one JSON object on each line, and replaces it by the last events
 * when it has grown: those that an {@link EventRing} keeps, too. A later line for the same event
 * counts. Lines that cannot be read, such as the last one before a crash, are left out. Brokers of
 * the same host append to the same file; while one replaces it, an event of the other may be lost.
 * One thread at a time.
 */
public final class FileEventStore implements EventStore {
  private static final long MAX_BYTES = 512 * 1024;

  /** Whatever somebody has written to the file: more than this is not read. */
  private static final int MAX_READ = 4 * 1024 * 1024;

  private final Path stateDir;
  private final Path file;
  private final EventReader reader;

  /** Of the last events when the file was replaced: long texts may need more than the limit. */
  private long replacedBytes;

  public FileEventStore(Path stateDir, String group) {
    this.stateDir = stateDir;
    this.file = StateFile.of(stateDir, group, ".events.jsonl");
    this.reader = new EventReader(file.toString());
  }

  @Override
  public List<GroupEvent> load() {
    try {
      return List.copyOf(read(tail(), reader));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable("be read", e);
    }
  }

  private byte[] tail() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MAX_READ));
      channel.position(size - bytes.capacity());
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes);
      }
      byte[] content = new byte[bytes.position()];
      bytes.flip().get(content);
      return content;
    }
  }

  /** The events of a file's content; the last ones where there are too many. */
  static Collection<GroupEvent> read(byte[] content, EventReader reader) {
    Map<String, GroupEvent> events = new LinkedHashMap<>();
    int from = 0;
    for (int i = 0; i <= content.length; i++) {
      if (i == content.length || content[i] == '\n') {
        GroupEvent event = from == i ? null : reader.read(Arrays.copyOfRange(content, from, i));
        if (event != null) {
          events.remove(event.id());
          events.put(event.id(), event);
        }
        from = i + 1;
      }
    }
    return events.values();
  }

  @Override
  public void save(EventRing.Changes changes) {
    try {
      append(changes.events());
      if (Files.size(file) > Math.max(MAX_BYTES, 2 * replacedBytes)) {
        replace();
      }
    } catch (IOException e) {
      throw unusable("be written", e);
    }
  }

  private void append(List<GroupEvent> events) throws IOException {
    StateFile.createFolder(stateDir);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      if (!endsWithLine()) {
        lines.write('\n');
      }
      lines.writeBytes(lines(events));
      ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  /** False after a crash in the middle of a line. */
  private boolean endsWithLine() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || channel.read(last, channel.size() - 1) < 1
          || last.get(0) == '\n';
    }
  }

  private void replace() throws IOException {
    byte[] kept = lines(EventRing.kept(load()));
    DurableFile.replace(file, kept);
    replacedBytes = kept.length;
  }

  private static byte[] lines(List<GroupEvent> events) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (GroupEvent event : events) {
      lines.writeBytes(EventJson.write(event));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private DeliveryException unusable(String what, IOException cause) {
    return DeliveryException.retriable(
        FailureKind.CONFIGURATION,
        file + " cannot " + what + " (" + cause + "): check the permissions and the disk space",
        cause);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
