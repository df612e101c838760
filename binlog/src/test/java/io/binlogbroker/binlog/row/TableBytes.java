package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.event.ServerVersion;
import java.util.ArrayList;
import java.util.List;

/** Builds the TABLE_MAP of mall_db.goods with table id 7. */
final class TableBytes {
  static final int ID = 7;

  private final List<Integer> types = new ArrayList<>();
  private final Bytes metas = new Bytes();
  private final Bytes metadata = new Bytes();
  private int nullBits;

  /** A nullable column, with its metadata in hexadecimal. */
  TableBytes column(int type, String meta) {
    nullBits |= 1 << types.size();
    return notNull(type, meta);
  }

  TableBytes notNull(int type, String meta) {
    types.add(type);
    metas.hex(meta);
    return this;
  }

  TableBytes names(String... names) {
    Bytes value = new Bytes();
    for (String name : names) {
      value.text(name);
    }
    return field(4, value);
  }

  TableBytes field(int type, Bytes value) {
    metadata.u8(type).u8(value.array().length).raw(value.array());
    return this;
  }

  Bytes bytes() {
    Bytes bytes = new Bytes().number(ID, 6).number(1, 2);
    bytes.text("mall_db").u8(0).text("goods").u8(0).u8(types.size());
    types.forEach(bytes::u8);
    bytes.u8(metas.array().length).raw(metas.array());
    bytes.number(nullBits, (types.size() + 7) / 8);
    return bytes.raw(metadata.array());
  }

  TableMap map(String server) {
    return new TableMaps().read(bytes().reader(), ServerVersion.parse(server));
  }

  TableMap map() {
    return map("8.0.33");
  }
}
