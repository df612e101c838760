package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the process, by name. Any thread.
 *
 * @param all to which groups may be added at any time
 */
record ServedGroups(List<? extends BrokerState> all) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  Optional<BrokerState> named(String name) {
    return all.stream().filter(group -> group.group().equals(name)).findFirst().map(group -> group);
  }

  /**
   * A document about the group of that name, or, without a name, about the only group or a list of
   * all; null where there is no such group.
   */
  @Nullable ObjectNode about(@Nullable String name, Function<BrokerState, ObjectNode> document) {
    if (name != null) {
      return named(name).map(document).orElse(null);
    }
    if (all.size() == 1) {
      return document.apply(all.get(0));
    }
    ObjectNode json = MAPPER.createObjectNode();
    var list = json.putArray("groups");
    all.forEach(
        group -> list.addObject().put("group", group.group()).setAll(document.apply(group)));
    return json;
  }
}
