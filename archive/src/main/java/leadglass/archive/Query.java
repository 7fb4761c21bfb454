package leadglass.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;

/// Finds studies, series and instances within what the caller may see.
///
/// Safe for use by several threads.
public final class Query {
  Query() {}

  /// What a question brings.
  public sealed interface Answer {

    /// What `caller` may see of what matches; what they may not see looks like what is not there.
    ///
    /// @param rows in UTF-8 whatever the instances came in, without Retrieve URL, which is the
    ///   door's
    /// @param total how many match altogether; exact up to 10,000, then a lower bound
    /// @param next cursor of the next page of studies, if there is one
    record Rows(List<DataSet> rows, long total, Optional<String> next) implements Answer {}

    /// The question can't be asked.
    ///
    /// @param rule names the attribute, never its value
    record Refused(String rule) implements Answer {}
  }

  /// Writes the audit entry, then answers.
  public Answer search(Caller caller, Question question) throws IOException {
    throw new UnsupportedOperationException(caller + "" + question);
  }
}
