package leadglass.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// PS3.8 Table 9-10, read from left to right as it is printed, and the states of Tables 9-6 to 9-9.
class StateTableTest {
  private static final String PRINTED =
      """
      Evt | Sta1 Sta2 Sta3 Sta4 Sta5 Sta6 Sta7 Sta8 Sta9 Sta10 Sta11 Sta12 Sta13
      1   | AE-1 .    .    .    .    .    .    .    .    .     .     .     .
      2   | .    .    .    AE-2 .    .    .    .    .    .     .     .     .
      3   | .    AA-1 AA-8 .    AE-3 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8  AA-8  AA-6
      4   | .    AA-1 AA-8 .    AE-4 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8  AA-8  AA-6
      5   | AE-5 .    .    .    .    .    .    .    .    .     .     .     .
      6   | .    AE-6 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8  AA-8  AA-7
      7   | .    .    AE-7 .    .    .    .    .    .    .     .     .     .
      8   | .    .    AE-8 .    .    .    .    .    .    .     .     .     .
      9   | .    .    .    .    .    DT-1 .    AR-7 .    .     .     .     .
      10  | .    AA-1 AA-8 .    AA-8 DT-2 AR-6 AA-8 AA-8 AA-8  AA-8  AA-8  AA-6
      11  | .    .    .    .    .    AR-1 .    .    .    .     .     .     .
      12  | .    AA-1 AA-8 .    AA-8 AR-2 AR-8 AA-8 AA-8 AA-8  AA-8  AA-8  AA-6
      13  | .    AA-1 AA-8 .    AA-8 AA-8 AR-3 AA-8 AA-8 AR-10 AR-3  AA-8  AA-6
      14  | .    .    .    .    .    .    .    AR-4 AR-9 .     .     AR-4  .
      15  | .    .    AA-1 AA-2 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1  AA-1  AA-1  .
      16  | .    AA-2 AA-3 .    AA-3 AA-3 AA-3 AA-3 AA-3 AA-3  AA-3  AA-3  AA-2
      17  | .    AA-5 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4  AA-4  AA-4  AR-5
      18  | .    AA-2 .    .    .    .    .    .    .    .     .     .     AA-2
      19  | .    AA-1 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8  AA-8  AA-7
      """;

  static Stream<List<String>> rows() {
    return PRINTED.lines().skip(1).map(line -> List.of(line.split("[| ]+")));
  }

  @ParameterizedTest(name = "event {0}")
  @MethodSource("rows")
  void everyCellOfTheRowIsTheOnePrinted(List<String> row) {
    Event event = Event.valueOf("EVT_" + row.getFirst());
    List<String> cells =
        Stream.of(State.values())
            .map(state -> StateTable.action(event, state).map(StateTableTest::printed).orElse("."))
            .toList();

    assertThat(cells).isEqualTo(row.subList(1, row.size()));
  }

  private static String printed(Action action) {
    return action.name().replace('_', '-').toUpperCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "AE_1,4,4", "AE_2,5,5", "AE_3,6,6", "AE_4,1,1", "AE_5,2,2", "AE_6,3,13", "AE_7,6,6",
    "AE_8,13,13", "DT_1,6,6", "DT_2,6,6", "AR_1,7,7", "AR_2,8,8", "AR_3,1,1", "AR_4,13,13",
    "AR_5,1,1", "AR_6,7,7", "AR_7,8,8", "AR_8,10,9", "AR_9,11,11", "AR_10,12,12", "AA_1,13,13",
    "AA_2,1,1", "AA_3,1,1", "AA_4,1,1", "AA_5,1,1", "AA_6,13,13", "AA_7,13,13", "AA_8,13,13"
  })
  void everyActionLeadsToTheStatePrinted(Action action, int next, int otherwise) {
    assertThat(action.next()).isEqualTo(State.valueOf("STA_" + next));
    assertThat(action.otherwise()).isEqualTo(State.valueOf("STA_" + otherwise));
  }
}
