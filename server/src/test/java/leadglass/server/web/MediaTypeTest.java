package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import leadglass.server.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

  @Test
  void parametersMayBeQuotedOrNot() {
    MediaType expected =
        new MediaType(
            "multipart/related", Map.of("type", "application/dicom", "transfer-syntax", "*"));
    for (String text :
        List.of(
            "multipart/related; type=\"application/dicom\"; transfer-syntax=*",
            "Multipart/Related;TYPE=application/dicom;transfer-syntax=\"*\"",
            " multipart/related ; type = \"application\\/dicom\" ; transfer-syntax=* ; junk")) {
      assertThat(MediaType.parse(text)).contains(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dicom", "a/", "/b", "a b/c", "a/b c", "text/html,a/b"})
  void whatIsNoMediaTypeIsNone(String text) {
    assertThat(MediaType.parse(text)).isEmpty();
  }

  @Test
  void aListIsSplitOutsideQuotes() {
    assertThat(MediaType.list("a/b;x=\"1,2;3\", c/d , ,rubbish,*/*;q=0.1"))
        .extracting(MediaType::name)
        .containsExactly("a/b", "c/d", "*/*");
    assertThat(MediaType.list("a/b,".repeat(5000))).isEmpty();
    assertThat(MediaType.list("a/b,".repeat(2000))).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                       | application/dicom+json",
        "application/json                          | application/json",
        "application/*                             | application/dicom+json",
        "text/html, application/dicom+json;q=0.5   | application/dicom+json",
        "application/json;q=0.1, application/dicom+json;q=0.2 | application/dicom+json",
        "application/dicom+json;q=0, application/json | application/json",
        "application/dicom+json; q=nonsense        | application/dicom+json",
        "APPLICATION/DICOM+JSON                    | application/dicom+json",
      })
  void theMostWantedOfferIsChosen(String accept, String chosen) throws ProblemException {
    assertThat(Accept.of(accept).choose(List.of("application/dicom+json", "application/json")))
        .isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related; type=\"application/dicom+xml\"",
        "application/dicom+xml",
        "*/*;q=0",
        "rubbish"
      })
  void whatCanNotBeGivenNamesWhatCan(String accept) {
    assertThatThrownBy(() -> Accept.of(accept).choose(List.of("application/dicom+json")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(406);
              assertThat(e.problem().detail()).isEqualTo("Offered: application/dicom+json");
            });
  }

  @Test
  void rangesThatDifferInTransferSyntaxAreOneWish() {
    List<Accept.Wish> wishes =
        Accept.of(
                "multipart/related; type=image/jls; transfer-syntax=1.2.3,"
                    + "multipart/related; type=\"image/jls\"; transfer-syntax=1.2.4,"
                    + "multipart/related; type=application/octet-stream; transfer-syntax=*;q=0.5")
            .wishes();
    assertThat(wishes).hasSize(2);
    assertThat(wishes.getFirst().takesSyntax("1.2.3")).isTrue();
    assertThat(wishes.getFirst().takesSyntax("1.2.4")).isTrue();
    assertThat(wishes.getFirst().takesSyntax("1.2.5")).isFalse();
    assertThat(wishes.get(1).anyTransferSyntax()).isTrue();
    assertThat(wishes.get(1).takesSyntax("9")).isTrue();
  }
}
