package leadglass.app.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import leadglass.survey.list.Account;

/// A check of what strangers can see, as it is read.
public final class ExposurePapers {
  private final Sheet sheet;

  /// @param titles what each probe does, by its name
  /// @param signer fingerprint of the key that signs the files; empty if none does
  public ExposurePapers(Account account, Map<String, String> titles, String signer) {
    this.sheet = new ExposureCard(account, titles, signer).sheet();
  }

  public byte[] html() {
    return HtmlSheet.of(sheet).getBytes(UTF_8);
  }

  public byte[] pdf() throws IOException {
    return PdfSheet.of(sheet);
  }
}
