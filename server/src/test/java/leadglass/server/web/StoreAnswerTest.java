package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import leadglass.archive.StoreOutcome;
import leadglass.archive.StoreOutcome.InstanceUids;
import leadglass.archive.StoreOutcome.Reason;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreAnswerTest {
  private static final InstanceUids UIDS =
      new InstanceUids(new Uid("1.1"), new Uid("1.2"), new Uid("1.3"), new Uid("1.4"));

  private static StoreAnswer of(String outcomes) {
    StoreAnswer answer = new StoreAnswer("https://localhost");
    for (String outcome : outcomes.split(" ", -1)) {
      switch (outcome) {
        case "stored" -> answer.add(new StoreOutcome.Stored(UIDS, 1, List.of()), Optional.empty());
        case "held" -> answer.add(new StoreOutcome.AlreadyHeld(UIDS), Optional.empty());
        default ->
            answer.add(
                new StoreOutcome.Refused(Reason.valueOf(outcome), "a rule"), Optional.empty());
      }
    }
    return answer;
  }

  @ParameterizedTest
  @CsvSource({
    "stored, 200",
    "held, 200",
    "stored held stored, 200",
    "stored MALFORMED, 202",
    "MALFORMED held, 202",
    "stored OUT_OF_RESOURCES, 202",
    "MALFORMED, 409",
    "UID_TAKEN, 409",
    "UNSUPPORTED SOP_CLASS_MISMATCH, 409",
    "NOT_AUTHORIZED NOT_AUTHORIZED, 403",
    "OUT_OF_RESOURCES, 503",
    "OUT_OF_RESOURCES OUT_OF_RESOURCES, 503",
    "OUT_OF_RESOURCES MALFORMED, 409",
  })
  void theStatusSaysHowManyAreKept(String outcomes, int status) {
    assertThat(of(outcomes).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_AUTHORIZED, 0124",
    "OUT_OF_RESOURCES, A700",
    "SOP_CLASS_MISMATCH, A900",
    "MALFORMED, C000",
    "UNSUPPORTED, 0122",
    "UID_TAKEN, C101",
  })
  void everyReasonHasItsCode(Reason reason, String code) {
    assertThat(StoreAnswer.code(reason)).isEqualTo(Integer.parseInt(code, 16));
  }

  @Test
  void aWarningIsNoFailure() {
    StoreAnswer answer = new StoreAnswer("https://localhost");
    answer.add(new StoreOutcome.Stored(UIDS, 1, List.of("odd length")), Optional.empty());
    assertThat(answer.status()).isEqualTo(200);
    DataSet item = answer.dataSet().items(Tag.REFERENCED_SOP_SEQUENCE).getFirst();
    assertThat(item.integer(Tag.WARNING_REASON)).hasValue(0xB007);
    assertThat(answer.rules()).containsExactly("odd length");
  }

  @Test
  void whatWasRefusedIsNamedIfItCanBe() {
    StoreAnswer answer = new StoreAnswer("https://localhost");
    answer.refused(
        Reason.UID_TAKEN, "rule", Optional.of(new Tried.Claim(new Uid("1.4"), new Uid("1.3"))));
    answer.refused(Reason.MALFORMED, "rule", Optional.empty());
    DataSet named = answer.dataSet().items(Tag.FAILED_SOP_SEQUENCE).getFirst();
    assertThat(named.uid(Tag.REFERENCED_SOP_INSTANCE_UID)).contains(new Uid("1.3"));
    assertThat(answer.dataSet().items(0x0008119A)).hasSize(1);
  }
}
