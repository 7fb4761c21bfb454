package leadglass.app.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import leadglass.archive.ArchiveEvent;
import leadglass.server.http.HttpEvent;
import leadglass.store.StoreEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
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
    Level level = level(event);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level).log(json.writeValueAsString(line));
    }
  }

  /// What happens for every request and every instance is told only to those who ask for it.
  private static Level level(Object event) {
    return switch (event) {
      case HttpEvent.Answered answered when answered.status() < 500 -> Level.DEBUG;
      case HttpEvent.CutShort _, ArchiveEvent.InstanceStored _ -> Level.DEBUG;
      case ArchiveEvent.EmergencyOpened _, ArchiveEvent.Stopped _ -> Level.WARN;
      case StoreEvent.BecameReadOnly _,
          StoreEvent.Damaged _,
          StoreEvent.KeysDamaged _,
          StoreEvent.TrailDisagrees _ ->
          Level.ERROR;
      default -> event.getClass().getSimpleName().endsWith("Failed") ? Level.ERROR : Level.INFO;
    };
  }
}
