package leadglass.app.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Turns the rooms' typed events into JSON lines. An event is a record of counts, durations, enums
/// and configured names, so that no value of a data set can be in it.
public final class LogLines implements Consumer<Object> {
  private static final Logger LOG = LoggerFactory.getLogger("leadglass");

  private final JsonMapper json = JsonMapper.builder().build();

  /// One for the whole program.
  public LogLines() {}

  @Override
  public void accept(Object event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event.getClass().getSimpleName());
    if (event instanceof Record) {
      line.put("about", json.valueToTree(event));
    }
    LOG.info(json.writeValueAsString(line));
  }
}
