package leadglass.net.ul;

import static leadglass.net.ul.Action.*;
import static leadglass.net.ul.Event.*;
import static leadglass.net.ul.State.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The state transition table of the upper layer (PS3.8 Table 9-10), row by row as printed.
public final class StateTable {
  private static final Map<Event, Map<State, Action>> ROWS = new EnumMap<>(Event.class);

  static {
    row(EVT_1).in(AE_1, STA_1);
    row(EVT_2).in(AE_2, STA_4);
    row(EVT_3)
        .in(AA_1, STA_2)
        .in(AE_3, STA_5)
        .in(AA_8, STA_3, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_6, STA_13);
    row(EVT_4)
        .in(AA_1, STA_2)
        .in(AE_4, STA_5)
        .in(AA_8, STA_3, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_6, STA_13);
    row(EVT_5).in(AE_5, STA_1);
    row(EVT_6)
        .in(AE_6, STA_2)
        .in(AA_8, STA_3, STA_5, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_7, STA_13);
    row(EVT_7).in(AE_7, STA_3);
    row(EVT_8).in(AE_8, STA_3);
    row(EVT_9).in(DT_1, STA_6).in(AR_7, STA_8);
    row(EVT_10)
        .in(AA_1, STA_2)
        .in(DT_2, STA_6)
        .in(AR_6, STA_7)
        .in(AA_8, STA_3, STA_5, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_6, STA_13);
    row(EVT_11).in(AR_1, STA_6);
    row(EVT_12)
        .in(AA_1, STA_2)
        .in(AR_2, STA_6)
        .in(AR_8, STA_7)
        .in(AA_8, STA_3, STA_5, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_6, STA_13);
    row(EVT_13)
        .in(AA_1, STA_2)
        .in(AR_3, STA_7, STA_11)
        .in(AR_10, STA_10)
        .in(AA_8, STA_3, STA_5, STA_6, STA_8, STA_9, STA_12)
        .in(AA_6, STA_13);
    row(EVT_14).in(AR_4, STA_8, STA_12).in(AR_9, STA_9);
    row(EVT_15)
        .in(AA_1, STA_3, STA_5, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_2, STA_4);
    row(EVT_16)
        .in(AA_2, STA_2, STA_13)
        .in(AA_3, STA_3, STA_5, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12);
    row(EVT_17)
        .in(AA_5, STA_2)
        .in(AA_4, STA_3, STA_4, STA_5, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AR_5, STA_13);
    row(EVT_18).in(AA_2, STA_2, STA_13);
    row(EVT_19)
        .in(AA_1, STA_2)
        .in(AA_8, STA_3, STA_5, STA_6, STA_7, STA_8, STA_9, STA_10, STA_11, STA_12)
        .in(AA_7, STA_13);
  }

  private StateTable() {}

  /// The cell of the table; empty where it is blank: only a fault of the local user or of ours
  /// leads there, whatever a peer sends.
  public static Optional<Action> action(Event event, State state) {
    return Optional.ofNullable(ROWS.getOrDefault(event, Map.of()).get(state));
  }

  private static Row row(Event event) {
    Row row = new Row(new EnumMap<>(State.class));
    ROWS.put(event, row.cells);
    return row;
  }

  private record Row(Map<State, Action> cells) {
    Row in(Action action, State... states) {
      for (State state : states) {
        cells.put(state, action);
      }
      return this;
    }
  }
}
