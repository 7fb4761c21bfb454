package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.archive.PerformedSteps;
import leadglass.archive.PerformedSteps.Answer;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Attribute;
import leadglass.dicom.dict.Dictionary;
import leadglass.net.dimse.Outcome;

/// What performed procedure steps demand and allow, found out by asking for what is wrong.
final class AskedSteps {
  private static final int STATUS = 0x00400252;
  private static final int STATION = 0x00400241;
  private static final int ID = 0x00400253;
  private static final int SCHEDULED = 0x00400270;
  private static final int SERIES = 0x00400340;
  private static final int END_DATE = 0x00400250;
  private static final int END_TIME = 0x00400251;
  private static final int PROTOCOL_NAME = 0x00181030;
  private static final List<String> STATES = List.of("IN PROGRESS", "COMPLETED", "DISCONTINUED");

  private final PerformedSteps steps;
  private final Caller.Device device =
      new Caller.Device(
          "CT1",
          Set.of(DeviceVerb.WORKLIST),
          Optional.empty(),
          new Origin(Origin.Door.DIMSE, "127.0.0.1"));

  AskedSteps(PerformedSteps steps) {
    this.steps = steps;
  }

  private static List<Integer> missed(Answer answer, PerformedSteps.Rule rule) {
    assertThat(answer).isInstanceOf(Answer.Wrong.class);
    Answer.Wrong wrong = (Answer.Wrong) answer;
    assertThat(wrong.rule()).isEqualTo(rule);
    return wrong.attributes();
  }

  private static List<Integer> missing(Answer answer) {
    return missed(answer, PerformedSteps.Rule.MISSING_ATTRIBUTE);
  }

  private Answer create(DataSet attributes) throws IOException {
    return steps.create(device, Optional.empty(), attributes);
  }

  private static DataSet begun(String state, DataSet scheduled) {
    return DataSet.builder()
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(STATION, Vr.AE, "CT1")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, Vr.DA, "20260102")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, Vr.TM, "101500")
        .text(STATUS, Vr.CS, state)
        .text(ID, Vr.SH, "P1")
        .sequence(SCHEDULED, List.of(scheduled))
        .build();
  }

  private static DataSet scheduled() {
    return DataSet.builder().uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.1")).build();
  }

  private static DataSet ended(String state, DataSet series) {
    return DataSet.builder()
        .text(STATUS, Vr.CS, state)
        .text(END_DATE, Vr.DA, "20260102")
        .text(END_TIME, Vr.TM, "102500")
        .sequence(SERIES, List.of(series))
        .build();
  }

  private static DataSet series() {
    return DataSet.builder()
        .text(PROTOCOL_NAME, Vr.LO, "head")
        .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.2"))
        .build();
  }

  private static DataSet state(String state) {
    return DataSet.builder().text(STATUS, Vr.CS, state).build();
  }

  private Uid inProgress() throws IOException {
    Answer made = create(begun("IN PROGRESS", scheduled()));
    assertThat(made).isInstanceOf(Answer.Done.class);
    return ((Answer.Done) made).instance();
  }

  /// An empty element for every attribute there is.
  private static DataSet everything() {
    DataSet.Builder all = DataSet.builder();
    for (Attribute each : Dictionary.attributes()) {
      if (!each.tag().contains("x") && !each.vrs().isEmpty()) {
        int tag = Integer.parseUnsignedInt(each.tag(), 16);
        boolean ofDataSets = tag >>> 16 >= 8 && tag != Tag.SPECIFIC_CHARACTER_SET;
        if (ofDataSets && each.vrs().getFirst() == Vr.SQ) {
          all.sequence(tag, List.of());
        } else if (ofDataSets) {
          all.add(new Element.Value(tag, each.vrs().getFirst(), new byte[0]));
        }
      }
    }
    return all.build();
  }

  String attributes() throws IOException {
    List<Integer> needed = missing(create(DataSet.EMPTY));
    Uid step = inProgress();
    List<Integer> fixed =
        missed(steps.set(device, step, everything()), PerformedSteps.Rule.NO_SUCH_ATTRIBUTE);
    List<Integer> last = missing(steps.set(device, step, state("COMPLETED")));
    Set<Integer> all = new TreeSet<>(needed);
    all.addAll(fixed);
    all.addAll(last);
    MarkdownTable table = new MarkdownTable("attribute", "N-CREATE", "N-SET", "in a final state");
    for (int tag : all) {
      table.row(
          StatementTables.attribute(tag),
          needed.contains(tag) ? "needed, with a value" : "as Table F.7.2-1",
          fixed.contains(tag) ? "refused" : "taken",
          last.contains(tag) || needed.contains(tag) ? "needed, with a value" : "as Table F.7.2-1");
    }
    for (int tag : missing(create(begun("IN PROGRESS", DataSet.EMPTY)))) {
      table.row(inItems(SCHEDULED, tag), "needed, with a value", "refused", "needed, with a value");
    }
    for (int tag : missing(steps.set(device, step, ended("COMPLETED", DataSet.EMPTY)))) {
      table.row(inItems(SERIES, tag), "as Table F.7.2-1", "taken", "needed, with a value");
    }
    return table.toString();
  }

  private static String inItems(int sequence, int tag) {
    return StatementTables.attribute(sequence) + " > " + StatementTables.attribute(tag);
  }

  private static String told(Answer answer) {
    Outcome outcome = PerformedStepScp.outcome(answer);
    return "%04XH".formatted(outcome.status().code());
  }

  /// What N-CREATE and N-SET of each status come to, by the status there was before.
  String states() throws IOException {
    List<Object> header = new ArrayList<>(List.of("from"));
    STATES.forEach(state -> header.add("to " + state));
    MarkdownTable table = new MarkdownTable(header.toArray());
    List<Object> creating = new ArrayList<>(List.of("nothing (N-CREATE)"));
    for (String state : STATES) {
      creating.add(told(create(begun(state, scheduled()))));
    }
    table.row(creating.toArray());
    for (String before : STATES) {
      List<Object> row = new ArrayList<>(List.of(before + " (N-SET)"));
      for (String after : STATES) {
        Uid step = inProgress();
        if (!before.equals("IN PROGRESS")) {
          assertThat(told(steps.set(device, step, ended(before, series())))).isEqualTo("0000H");
        }
        row.add(told(steps.set(device, step, ended(after, series()))));
      }
      table.row(row.toArray());
    }
    return table.toString();
  }
}
