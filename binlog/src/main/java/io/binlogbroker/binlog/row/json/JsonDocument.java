package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document to which partial updates can be applied. Created for one cell; the only part of
 * decoding that allocates. One thread.
 */
final class JsonDocument {
  /** A value needs about 70 bytes of memory but often only three bytes in the event. */
  private static final long MAX_VALUES = Runtime.getRuntime().maxMemory() / 128;

  private @Nullable Node root;

  private JsonDocument() {}

  /** A value and its nesting depth. */
  record Value(Node node, int depth) {}

  /** A value: exactly one of the fields is not null. Scalars are JSON text. */
  static final class Node {
    private final @Nullable Map<byte[], Node> members;
    private final @Nullable List<Node> elements;
    private final byte @Nullable [] scalar;

    private Node(
        @Nullable Map<byte[], Node> members,
        @Nullable List<Node> elements,
        byte @Nullable [] scalar) {
      this.members = members;
      this.elements = elements;
      this.scalar = scalar;
    }

    /** Keys are in MySQL's order: by length, then by bytes. */
    static Node object() {
      return new Node(new TreeMap<>(Node::compareKeys), null, null);
    }

    static Node array() {
      return new Node(null, new ArrayList<>(), null);
    }

    static Node scalar(byte[] text) {
      return new Node(null, null, text);
    }

    private static int compareKeys(byte[] a, byte[] b) {
      return a.length != b.length
          ? Integer.compare(a.length, b.length)
          : Arrays.compareUnsigned(a, b);
    }

    @Nullable Node find(JsonPath.Leg leg) {
      if (leg.key() != null) {
        return members == null ? null : members.get(leg.key());
      }
      return elements == null || leg.index() >= elements.size() ? null : elements.get(leg.index());
    }

    void replace(JsonPath.Leg leg, Node value) {
      if (find(leg) == null) {
        throw mismatch("replace", leg);
      }
      if (members != null && leg.key() != null) {
        members.put(leg.key(), value);
      } else if (elements != null) {
        elements.set(leg.index(), value);
      }
    }

    void insert(JsonPath.Leg leg, Node value) {
      if (members != null && leg.key() != null && find(leg) == null) {
        members.put(leg.key(), value);
      } else if (elements != null && leg.key() == null) {
        elements.add(Math.min(leg.index(), elements.size()), value);
      } else {
        throw mismatch("insert", leg);
      }
    }

    void remove(JsonPath.Leg leg) {
      if (find(leg) == null) {
        throw mismatch("remove", leg);
      }
      if (members != null && leg.key() != null) {
        members.remove(leg.key());
      } else if (elements != null) {
        elements.remove(leg.index());
      }
    }

    private static MalformedBytesException mismatch(String verb, JsonPath.Leg leg) {
      return new MalformedBytesException(
          "Partial JSON update: cannot " + verb + " " + leg + " in the value before the update");
    }

    void write(Utf8Buffer out) {
      if (scalar != null) {
        out.bytes(scalar, 0, scalar.length);
      } else if (members != null) {
        writeMembers(members, out);
      } else if (elements != null) {
        out.ascii('[');
        for (int i = 0; i < elements.size(); i++) {
          if (i > 0) {
            out.ascii(',');
          }
          elements.get(i).write(out);
        }
        out.ascii(']');
      }
    }

    private static void writeMembers(Map<byte[], Node> members, Utf8Buffer out) {
      out.ascii('{');
      boolean first = true;
      for (Map.Entry<byte[], Node> member : members.entrySet()) {
        if (!first) {
          out.ascii(',');
        }
        first = false;
        JsonText.string(member.getKey(), 0, member.getKey().length, out);
        out.ascii(':');
        member.getValue().write(out);
      }
      out.ascii('}');
    }
  }

  static Value parse(BinaryJson walker, byte[] array, int offset, int length) {
    Builder builder = new Builder();
    walker.walk(array, offset, length, builder);
    return new Value(builder.result(), builder.depth);
  }

  /** Creates a document with this root. */
  static JsonDocument of(Value root) {
    JsonDocument document = new JsonDocument();
    document.root = root.node();
    return document;
  }

  void replace(JsonPath path, Value value) {
    if (path.isRoot()) {
      root = value.node();
      return;
    }
    requireDepth(path, value);
    parent(path).replace(path.last(), value.node());
  }

  void insert(JsonPath path, Value value) {
    requireDepth(path, value);
    parent(path).insert(path.last(), value.node());
  }

  /** Successive updates could otherwise nest values deeper than the stack allows. */
  private static void requireDepth(JsonPath path, Value value) {
    if (path.depth() + value.depth() > BinaryJson.DEEPEST) {
      throw new MalformedBytesException(
          "Partial JSON update: nests values deeper than " + BinaryJson.DEEPEST);
    }
  }

  void remove(JsonPath path) {
    parent(path).remove(path.last());
  }

  private Node parent(JsonPath path) {
    Node node = root;
    for (JsonPath.Leg leg : path.parents()) {
      node = node == null ? null : node.find(leg);
    }
    if (node == null || path.isRoot()) {
      throw new MalformedBytesException(
          "Partial JSON update: the value before the update has no " + path);
    }
    return node;
  }

  void write(Utf8Buffer out) {
    if (root != null) {
      root.write(out);
    }
  }

  /** Builds nodes from visited values; scalars are rendered immediately. */
  private static final class Builder implements BinaryJson.Visitor {
    private final Utf8Buffer text = new Utf8Buffer();
    private final JsonWriter scalars = new JsonWriter(text);
    private final Deque<Node> open = new ArrayDeque<>();
    private final Deque<byte[]> keys = new ArrayDeque<>();
    private int depth;
    private long count;
    private @Nullable Node result;

    Node result() {
      if (result == null) {
        throw new MalformedBytesException("JSON document without a value");
      }
      return result;
    }

    private void add(Node node) {
      count++;
      if (count > MAX_VALUES) {
        throw new MalformedBytesException(
            "Partial JSON update: the document has more than %d values, too many for this heap; fix: increase the heap (JAVA_OPTS=-Xmx1g)"
                .formatted(MAX_VALUES));
      }
      Node parent = open.peek();
      if (parent == null) {
        result = node;
      } else if (parent.members != null) {
        parent.members.put(keys.pop(), node);
      } else if (parent.elements != null) {
        parent.elements.add(node);
      }
    }

    private void addScalar() {
      add(Node.scalar(text.copy()));
      text.clear();
    }

    @Override
    public void beginObject() {
      begin(Node.object());
    }

    private void begin(Node container) {
      open.push(container);
      depth = Math.max(depth, open.size());
    }

    @Override
    public void key(byte[] bytes, int from, int to) {
      keys.push(Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public void endObject() {
      add(open.pop());
    }

    @Override
    public void beginArray() {
      begin(Node.array());
    }

    @Override
    public void element() {}

    @Override
    public void endArray() {
      add(open.pop());
    }

    @Override
    public void literal(String value) {
      scalars.literal(value);
      addScalar();
    }

    @Override
    public void integer(long value) {
      scalars.integer(value);
      addScalar();
    }

    @Override
    public void unsigned(long value) {
      scalars.unsigned(value);
      addScalar();
    }

    @Override
    public void real(double value) {
      scalars.real(value);
      addScalar();
    }

    @Override
    public void string(byte[] bytes, int from, int to) {
      scalars.string(bytes, from, to);
      addScalar();
    }

    @Override
    public void opaque(int type, byte[] bytes, int from, int to) {
      scalars.opaque(type, bytes, from, to);
      addScalar();
    }
  }
}
