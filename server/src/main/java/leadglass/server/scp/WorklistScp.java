package leadglass.server.scp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import leadglass.archive.Caller;
import leadglass.archive.Query.Streamed;
import leadglass.archive.Question;
import leadglass.archive.StepField;
import leadglass.archive.Verb;
import leadglass.archive.WorklistKeys;
import leadglass.archive.WorklistScope;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Status;
import leadglass.server.scp.Identifier.Wanted;

/// C-FIND of the Modality Worklist Information Model (PS3.4 Annex K). Immutable.
final class WorklistScp implements OperationScp<Peer> {
  static final Uid SOP_CLASS = new Uid("1.2.840.10008.5.1.4.31");

  /// More than any station does within the days that are kept.
  static final FindLimits LIMITS = new FindLimits(2_000, 2_000);

  /// What everybody is told where nothing else is.
  private static final List<Wanted> FIXED =
      Stream.of(
              of(StepField.ACCESSION_NUMBER),
              of(StepField.PATIENT_NAME),
              of(StepField.PATIENT_ID),
              of(StepField.BIRTH_DATE),
              of(StepField.SEX),
              of(StepField.STUDY),
              of(StepField.PROCEDURE),
              new Wanted(
                  WorklistKeys.STEPS,
                  List.of(
                      of(StepField.MODALITY),
                      of(StepField.STATION),
                      of(StepField.DATE),
                      of(StepField.TIME),
                      of(StepField.DESCRIPTION),
                      of(StepField.STEP_ID))),
              of(StepField.PROCEDURE_ID))
          .toList();

  /// What narrows the list there.
  private static final List<Integer> FIXED_KEYS =
      List.of(StepField.MODALITY.tag(), StepField.DATE.tag(), StepField.TIME.tag());

  private final FindLimits limits;
  private final Function<Caller.Device, WorklistScope> scope;

  /// @param scope what a device is shown
  WorklistScp(FindLimits limits, Function<Caller.Device, WorklistScope> scope) {
    this.limits = limits;
    this.scope = scope;
  }

  private static Wanted of(StepField field) {
    return new Wanted(field.tag(), List.of());
  }

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) throws IOException {
    if (!peer.site().gate().permits(peer.device(), Verb.WORKLIST)) {
      return Outcome.of(Status.NOT_AUTHORIZED, "this device is not enrolled for the worklist");
    }
    DataSet asked = request.dataSet().orElse(DataSet.EMPTY);
    if (asked.contains(Tag.QUERY_RETRIEVE_LEVEL)) {
      return Outcome.of(
          new Status(
              Identifier.IDENTIFIER_DOES_NOT_MATCH,
              "a worklist has no Query/Retrieve Level",
              List.of(Tag.QUERY_RETRIEVE_LEVEL)));
    }
    WorklistScope shown = scope.apply(peer.device());
    return switch (KeyReading.read(asked, WorklistScp::support)) {
      case KeyReading.Read.Wrong(Status status) -> Outcome.of(status);
      case KeyReading.Read.Keys keys ->
          answer(peer, shown, shown.fixed() ? fixed(keys) : keys, asked, operation);
    };
  }

  private static KeyReading.Support support(int sequence, int tag) {
    return switch (WorklistKeys.support(sequence, tag)) {
      case MATCHED -> KeyReading.Support.MATCHED;
      case EMPTY -> KeyReading.Support.TOLD;
      case NONE -> KeyReading.Support.NONE;
    };
  }

  private static KeyReading.Read.Keys fixed(KeyReading.Read.Keys asked) {
    List<Question.Key> kept = new ArrayList<>();
    for (Question.Key key : asked.keys()) {
      if (key.tag() == WorklistKeys.STEPS) {
        List<Question.Key> inner =
            key.item().stream().filter(each -> FIXED_KEYS.contains(each.tag())).toList();
        kept.add(new Question.Key(key.tag(), "", inner));
      }
    }
    return new KeyReading.Read.Keys(kept, FIXED, false);
  }

  private Outcome answer(
      Peer peer, WorklistScope shown, KeyReading.Read.Keys keys, DataSet asked, Operation operation)
      throws IOException {
    Matches matches =
        new Matches(
            operation,
            new Match(keys.wanted(), asked.characterSet(), _ -> {}),
            keys.unsupported() ? Status.PENDING_WITHOUT_OPTIONAL_KEYS : Status.PENDING,
            limits.of(peer.device()));
    return switch (peer.site().worklist().find(peer.device(), shown, keys.keys(), matches)) {
      case Streamed.Refused(int tag, String rule) ->
          Outcome.of(new Status(Status.UNABLE_TO_PROCESS, rule, List.of(tag)));
      case Streamed.Braked _ -> Outcome.of(QueryScp.OUT_OF_RESOURCES, "day's budget used up");
      case Streamed.Done _ -> matches.early().orElseGet(() -> Outcome.of(Status.success()));
    };
  }
}
