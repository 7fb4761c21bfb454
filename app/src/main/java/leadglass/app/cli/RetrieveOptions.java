package leadglass.app.cli;

import java.util.Optional;
import java.util.function.Predicate;
import leadglass.app.Failure;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.dimse.SubOperations;
import picocli.CommandLine.Option;

/// What is to be fetched.
final class RetrieveOptions {
  private static final int LEVEL = 0x00080052;

  @Option(
      names = "--study",
      required = true,
      paramLabel = "UID",
      description = "Study Instance UID.")
  @SuppressWarnings("NullAway.Init")
  private String study;

  @Option(names = "--series", paramLabel = "UID", description = "One series of it.")
  private Optional<String> series = Optional.empty();

  @Option(names = "--instance", paramLabel = "UID", description = "One instance of that series.")
  private Optional<String> instance = Optional.empty();

  /// The identifier, of the study root.
  DataSet identifier() throws Failure {
    if (instance.isPresent() && series.isEmpty()) {
      throw new Failure(Failure.USAGE, "--instance needs --series", "name its series too");
    }
    String level = instance.isPresent() ? "IMAGE" : series.isPresent() ? "SERIES" : "STUDY";
    DataSet.Builder identifier = DataSet.builder().text(LEVEL, Vr.CS, level);
    identifier.uid(Tag.STUDY_INSTANCE_UID, uid(study));
    if (series.isPresent()) {
      identifier.uid(Tag.SERIES_INSTANCE_UID, uid(series.get()));
    }
    if (instance.isPresent()) {
      identifier.uid(Tag.SOP_INSTANCE_UID, uid(instance.get()));
    }
    return identifier.build();
  }

  /// Asks which SOP classes the study has.
  DataSet classes() throws Failure {
    return DataSet.builder()
        .text(LEVEL, Vr.CS, "STUDY")
        .text(Tag.SOP_CLASSES_IN_STUDY, Vr.UI, "")
        .uid(Tag.STUDY_INSTANCE_UID, uid(study))
        .build();
  }

  private static Uid uid(String text) throws Failure {
    return Uid.parse(text.strip())
        .orElseThrow(() -> new Failure(Failure.USAGE, "that is no UID", "digits and dots"));
  }

  /// Tells a bar how far it is.
  static Predicate<SubOperations> telling(Progress progress) {
    return counts -> {
      int done = counts.completed() + counts.failed() + counts.warning();
      progress.counted(done, done + counts.remaining());
      return true;
    };
  }
}
