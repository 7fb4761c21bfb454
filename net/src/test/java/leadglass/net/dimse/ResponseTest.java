package leadglass.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;

/// Responses of normalized services (PS3.7 §10.3, Annex C).
class ResponseTest {
  private static final Uid SOP_CLASS = new Uid("1.2.840.10008.3.1.2.3.3");
  private static final CommandSet REQUEST =
      Requests.create(SOP_CLASS, java.util.Optional.empty()).build();

  private static CommandSet answer(Outcome outcome) {
    return Response.to(REQUEST, CommandField.N_CREATE_RQ, 7, outcome).command().build();
  }

  @Test
  void aStatusNamesTheAttributesItIsAboutAndAnErrorOfTheServicesOwn() {
    CommandSet answer =
        answer(Outcome.of(0x0110, "no").about(List.of(0x00400252, 0x00100010)).withErrorId(0xA710));
    assertThat(answer.us(CommandTag.STATUS)).hasValue(0x0110);
    assertThat(answer.us(CommandTag.ERROR_ID)).hasValue(0xA710);
    assertThat(answer.tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST))
        .containsExactly(0x00400252, 0x00100010);
    assertThat(answer.contains(CommandTag.OFFENDING_ELEMENT)).isFalse();
  }

  @Test
  void whatWasCreatedIsNamedAndNothingElseIsThereThatIsNotSaid() {
    CommandSet answer = answer(Outcome.of(Status.success()).created(new Uid("2.25.1")));
    assertThat(answer.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID)).contains(new Uid("2.25.1"));
    assertThat(answer.contains(CommandTag.ATTRIBUTE_IDENTIFIER_LIST)).isFalse();
    assertThat(answer.contains(CommandTag.ERROR_ID)).isFalse();
  }
}
