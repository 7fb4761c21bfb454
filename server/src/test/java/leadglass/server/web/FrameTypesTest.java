package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTypesTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        // stored | Accept | media type of the part
        "1.2.840.10008.1.2.1    | multipart/related; type=application/octet-stream                      | application/octet-stream",
        "1.2.840.10008.1.2.1    | multipart/related; type=\"application/octet-stream\"; transfer-syntax=* | application/octet-stream",
        "1.2.840.10008.1.2.1    | multipart/related; type=image/jpeg                                    | -",
        "1.2.840.10008.1.2.4.90 | multipart/related; type=application/octet-stream; transfer-syntax=*   | application/octet-stream",
        "1.2.840.10008.1.2.4.90 | multipart/related; type=image/jp2                                     | image/jp2",
        "1.2.840.10008.1.2.4.90 | multipart/related; type=image/jp2; transfer-syntax=1.2.840.10008.1.2.4.91 | -",
        "1.2.840.10008.1.2.4.90 | multipart/related; type=image/*                                       | image/jp2",
        "1.2.840.10008.1.2.4.50 | image/jpeg                                                            | image/jpeg",
        "1.2.840.10008.1.2.4.80 | image/x-jls                                                           | image/jls",
        "1.2.840.10008.1.2.5    | image/x-dicom-rle                                                     | image/dicom-rle",
        "1.2.840.10008.1.2.4.202 | image/jphc; transfer-syntax=*                                        | image/jphc",
        "1.2.840.10008.1.2.4.102 | video/mp4                                                            | video/mp4",
        "1.2.840.10008.1.2.4.50 | text/html                                                             | -",
        "1.2.840.10008.1.2.4.50 | */*                                                                   | application/octet-stream",
      })
  void framesAreGivenAsStoredUnderANameOfOurs(String stored, String accept, String expected) {
    TransferSyntax syntax = Uids.transferSyntax(new Uid(stored)).orElseThrow();
    assertThat(FrameTypes.granted(Accept.of(accept).wishes().getFirst(), syntax).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void everyTransferSyntaxHasAnOffer() {
    for (TransferSyntax syntax : Uids.transferSyntaxes()) {
      assertThat(FrameTypes.offers(syntax)).isNotEmpty();
      assertThat(FrameTypes.header("a/b", syntax))
          .isEqualTo("a/b; transfer-syntax=" + syntax.uid().value());
    }
  }
}
