package io.binlogbroker.conformance;

import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.canal.CanalJsonDeserializationSchema;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.formats.json.maxwell.MaxwellJsonDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Flink's readers, configured as for a table with that {@code format} option. */
enum FlinkFormat {
  DEBEZIUM_JSON {
    @Override
    DeserializationSchema<RowData> reader(DataType row) {
      return new DebeziumJsonDeserializationSchema(
          row, List.of(), TypeInformation.of(RowData.class), false, false, TimestampFormat.SQL);
    }
  },
  CANAL_JSON {
    @Override
    DeserializationSchema<RowData> reader(DataType row) {
      return CanalJsonDeserializationSchema.builder(
              row, List.of(), TypeInformation.of(RowData.class))
          .setIgnoreParseErrors(false)
          .setTimestampFormat(TimestampFormat.SQL)
          .build();
    }
  },
  MAXWELL_JSON {
    @Override
    DeserializationSchema<RowData> reader(DataType row) {
      return new MaxwellJsonDeserializationSchema(
          row, List.of(), TypeInformation.of(RowData.class), false, TimestampFormat.SQL);
    }
  };

  /** A reader that fails if it cannot parse a message. */
  abstract DeserializationSchema<RowData> reader(DataType row);
}
