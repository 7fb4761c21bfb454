package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.archive.Act;
import leadglass.archive.DeviceVerb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.4 §C.4.1 over a real association: seven studies of five patients, the first of two series of
/// three instances.
class QueryScpTest {
  private static final int MATCHES_MAX = 6;
  private static final Set<DeviceVerb> FIND = Set.of(DeviceVerb.FIND);

  @TempDir private static Path folder;
  private static Finding finding;

  @BeforeAll
  static void open() throws IOException {
    finding = new Finding(folder, new FindLimits(100, MATCHES_MAX), 1000, FIND);
    for (int series = 1; series <= 2; series++) {
      for (int instance = 1; instance <= 3; instance++) {
        finding.store(instance(1, series, instance).build());
      }
    }
    for (int study = 2; study <= 7; study++) {
      finding.store(instance(study, 1, 1).build());
    }
  }

  @AfterAll
  static void close() throws IOException {
    finding.close();
  }

  private static DataSet.Builder instance(int study, int series, int instance) {
    String uid = "2.25." + study;
    return DataSet.builder()
        .utf8()
        .uid(Tag.SOP_CLASS_UID, Finding.CT)
        .uid(Tag.SOP_INSTANCE_UID, new Uid(uid + "." + series + "." + instance))
        .text(Tag.STUDY_DATE, Vr.DA, "2024010" + study)
        .text(Tag.STUDY_TIME, Vr.TM, "0" + study + "30")
        .text(Tag.MODALITY, Vr.CS, series == 1 ? "CT" : "SR")
        .text(
            Tag.PATIENT_NAME,
            Vr.PN,
            study == 1 ? "Grün^Änne" : study == 2 ? "Yamada^Tarou=山田^太郎" : "Doe^No" + study)
        .text(Tag.PATIENT_ID, Vr.LO, "P" + Math.min(study, 5))
        .sequence(
            0x00081032,
            List.of(
                DataSet.builder()
                    .text(Tag.CODE_VALUE, Vr.SH, "C" + study)
                    .text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, "99T")
                    .build()))
        .uid(Tag.STUDY_INSTANCE_UID, new Uid(uid))
        .uid(Tag.SERIES_INSTANCE_UID, new Uid(uid + "." + series))
        .text(Tag.SERIES_NUMBER, Vr.IS, "" + series)
        .text(Tag.INSTANCE_NUMBER, Vr.IS, "" + instance)
        .us(Tag.ROWS, 256);
  }

  private static DataSet.Builder level(String level) {
    return DataSet.builder().text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, level);
  }

  private static Finding.Found patientRoot(DataSet.Builder keys) throws IOException {
    return finding.find(QueryModel.PATIENT_ROOT, "", keys.build());
  }

  private static Finding.Found studyRoot(DataSet.Builder keys) throws IOException {
    return finding.find(QueryModel.STUDY_ROOT, "", keys.build());
  }

  @Test
  void everyLevelOfThePatientRootIsFoundOneBelowTheOther() throws IOException {
    Finding.Found patients =
        patientRoot(
            level("PATIENT")
                .text(Tag.PATIENT_NAME, Vr.PN, "doe^no5*")
                .text(Tag.PATIENT_ID, Vr.LO)
                .text(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES, Vr.IS));
    assertThat(patients.status()).isZero();
    assertThat(patients.strings(Tag.PATIENT_ID)).containsExactly("P5");
    assertThat(patients.strings(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES)).containsExactly("3");

    Finding.Found studies =
        patientRoot(
            level("STUDY")
                .text(Tag.PATIENT_ID, Vr.LO, "P5")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI)
                .text(Tag.MODALITIES_IN_STUDY, Vr.CS));
    assertThat(studies.strings(Tag.STUDY_INSTANCE_UID))
        .containsExactly("2.25.7", "2.25.6", "2.25.5");

    Finding.Found series =
        patientRoot(
            level("SERIES")
                .text(Tag.PATIENT_ID, Vr.LO, "P1")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                .text(Tag.SERIES_INSTANCE_UID, Vr.UI)
                .text(Tag.MODALITY, Vr.CS, "SR")
                .text(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES, Vr.IS));
    assertThat(series.strings(Tag.SERIES_INSTANCE_UID)).containsExactly("2.25.1.2");
    assertThat(series.strings(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES)).containsExactly("3");

    Finding.Found images =
        patientRoot(
            level("IMAGE")
                .text(Tag.PATIENT_ID, Vr.LO, "P1")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.1.2")
                .text(Tag.SOP_INSTANCE_UID, Vr.UI)
                .text(Tag.INSTANCE_NUMBER, Vr.IS, "2"));
    assertThat(images.strings(Tag.SOP_INSTANCE_UID)).containsExactly("2.25.1.2.2");
    assertThat(images.status()).isZero();
    assertThat(images.allMatched()).isTrue();
  }

  @Test
  void aStudyOfAnotherPatientIsNotFoundBelowThisOne() throws IOException {
    Finding.Found series =
        patientRoot(
            level("SERIES")
                .text(Tag.PATIENT_ID, Vr.LO, "P2")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                .text(Tag.SERIES_INSTANCE_UID, Vr.UI));
    assertThat(series.matches()).isEmpty();
    assertThat(series.status()).isZero();
  }

  @Test
  void aMatchHasWhatWasAskedForAndNothingElse() throws IOException {
    DataSet match =
        studyRoot(
                level("STUDY")
                    .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.3")
                    .text(Tag.STUDY_DESCRIPTION, Vr.LO)
                    .text(Tag.INSTANCE_AVAILABILITY, Vr.CS)
                    .sequence(
                        0x00081032, List.of(DataSet.builder().text(Tag.CODE_VALUE, Vr.SH).build())))
            .matches()
            .getFirst();
    assertThat(match.size()).isEqualTo(6);
    assertThat(match.string(Tag.QUERY_RETRIEVE_LEVEL)).contains("STUDY");
    assertThat(match.string(Tag.RETRIEVE_AE_TITLE)).contains("LEADGLASS");
    assertThat(match.string(Tag.INSTANCE_AVAILABILITY)).contains("ONLINE");
    assertThat(match.string(Tag.STUDY_INSTANCE_UID)).contains("2.25.3");
    assertThat(match.contains(Tag.STUDY_DESCRIPTION)).as("empty").isTrue();
    assertThat(match.items(0x00081032))
        .singleElement()
        .satisfies(item -> assertThat(item.size()).isEqualTo(1))
        .satisfies(item -> assertThat(item.string(Tag.CODE_VALUE)).contains("C3"));
    assertThat(
            studyRoot(
                    level("STUDY")
                        .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.3")
                        .sequence(0x00081032, List.of()))
                .matches()
                .getFirst()
                .items(0x00081032)
                .getFirst()
                .size())
        .as("the whole sequence")
        .isEqualTo(2);
  }

  @ParameterizedTest(name = "asked in {0}, patient {1}: answered in {2}")
  @CsvSource({
    "'',          P3, ''",
    "'',          P1, ISO_IR 192",
    "ISO_IR 100,  P1, ISO_IR 100",
    "ISO_IR 100,  P3, ISO_IR 100",
    "ISO_IR 100,  P2, ISO_IR 192",
    "ISO_IR 192,  P2, ISO_IR 192",
    "GB18030,     P2, GB18030",
    "NO SUCH SET, P3, ''",
    "NO SUCH SET, P1, ISO_IR 192",
  })
  void aMatchIsInTheCharacterSetOfTheQueryWhereThatCanSayIt(
      String asked, String patient, String answered) throws IOException {
    DataSet.Builder keys = DataSet.builder();
    if (!asked.isEmpty()) {
      keys.text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, asked);
    }
    DataSet match =
        studyRoot(
                keys.text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, "STUDY")
                    .text(Tag.PATIENT_NAME, Vr.PN)
                    .text(Tag.PATIENT_ID, Vr.LO, patient))
            .matches()
            .getFirst();
    assertThat(match.string(Tag.SPECIFIC_CHARACTER_SET).orElse("")).isEqualTo(answered);
    assertThat(match.string(Tag.PATIENT_NAME))
        .contains(
            patient.equals("P1")
                ? "Grün^Änne"
                : patient.equals("P2") ? "Yamada^Tarou=山田^太郎" : "Doe^No3");
  }

  @Test
  void aKeyInTheCallersCharacterSetIsUnderstood() throws IOException {
    assertThat(
            studyRoot(
                    DataSet.builder()
                        .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
                        .text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, "STUDY")
                        .text(Tag.PATIENT_NAME, Vr.PN, "Grün^Ä*")
                        .text(Tag.PATIENT_ID, Vr.LO))
                .strings(Tag.PATIENT_ID))
        .containsExactly("P1");
  }

  @Test
  void keysThatCantBeMatchedAreLeftOutAndSaidTo() throws IOException {
    for (DataSet.Builder keys :
        List.of(
            level("STUDY").text(0x00104000, Vr.LT).text(0x00180050, Vr.DS, "1.0"),
            level("STUDY").text(Tag.SERIES_NUMBER, Vr.IS, "1"),
            level("STUDY").text(0x00090010, Vr.LO, "PRIVATE"))) {
      Finding.Found found = studyRoot(keys.text(Tag.PATIENT_ID, Vr.LO, "P3"));
      assertThat(found.matches()).hasSize(1);
      assertThat(found.allMatched()).isFalse();
      assertThat(found.status()).isZero();
      assertThat(found.matches().getFirst().contains(0x00180050)).isFalse();
    }
  }

  @Test
  void groupLengthsAndTimezonesAreNoKeys() throws IOException {
    Finding.Found found =
        studyRoot(
            level("STUDY")
                .ul(0x00080000, 44)
                .text(Tag.TIMEZONE_OFFSET_FROM_UTC, Vr.SH, "+0900")
                .text(Tag.RETRIEVE_AE_TITLE, Vr.AE, "ELSEWHERE")
                .text(Tag.PATIENT_ID, Vr.LO, "P3"));
    assertThat(found.matches()).hasSize(1);
    assertThat(found.allMatched()).isTrue();
    assertThat(found.strings(Tag.RETRIEVE_AE_TITLE)).containsExactly("LEADGLASS");
  }

  @Test
  void withoutAUniqueKeyAboveAQueryIsRefusedUnlessRelationalOnesAreAgreedOn() throws IOException {
    DataSet keys = level("SERIES").text(Tag.MODALITY, Vr.CS, "SR").build();
    Finding.Found refused = finding.find(QueryModel.STUDY_ROOT, "", keys);
    assertThat(refused.status()).isEqualTo(Identifier.IDENTIFIER_DOES_NOT_MATCH);
    assertThat(refused.matches()).isEmpty();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "00", keys).status())
        .isEqualTo(Identifier.IDENTIFIER_DOES_NOT_MATCH);
    assertThat(finding.find(QueryModel.STUDY_ROOT, "01", keys).matches()).hasSize(1);
  }

  @Test
  void whatIsAgreedOnIsDone() throws IOException {
    DataSet combined =
        level("STUDY")
            .text(Tag.STUDY_DATE, Vr.DA, "20240103-20240105")
            .text(Tag.STUDY_TIME, Vr.TM, "0400-0500")
            .build();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "", combined).matches()).hasSize(1);
    assertThat(finding.find(QueryModel.STUDY_ROOT, "0001", combined).matches()).hasSize(1);
    DataSet over =
        level("STUDY")
            .text(Tag.STUDY_DATE, Vr.DA, "20240103-20240105")
            .text(Tag.STUDY_TIME, Vr.TM, "0300-0600")
            .build();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "0001", over).matches()).hasSize(3);
    DataSet fuzzy = level("STUDY").text(Tag.PATIENT_NAME, Vr.PN, "tarou yama").build();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "", fuzzy).matches()).isEmpty();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "000001", fuzzy).matches()).hasSize(1);
    DataSet empty =
        level("STUDY")
            .text(Tag.STUDY_DESCRIPTION, Vr.LO, "\"\"")
            .text(Tag.PATIENT_ID, Vr.LO, "P3")
            .build();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "000000000001", empty).matches()).hasSize(1);
    assertThat(finding.find(QueryModel.STUDY_ROOT, "", empty).matches()).isEmpty();
    DataSet several = level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "P1", "P3").build();
    assertThat(finding.find(QueryModel.STUDY_ROOT, "00000000000001", several).matches()).hasSize(2);
  }

  @Test
  void onlyWhatIsDoneIsAgreedOn() throws IOException {
    try (RequestedAssociation association = finding.open(QueryModel.STUDY_ROOT, "01010101010101")) {
      assertThat(association.extended(QueryModel.STUDY_ROOT.find()))
          .containsExactly(1, 1, 1, 0, 0, 1, 1);
    }
    try (RequestedAssociation association = finding.open(QueryModel.STUDY_ROOT, "010001")) {
      assertThat(association.extended(QueryModel.STUDY_ROOT.find())).containsExactly(1, 0, 1);
    }
  }

  @Test
  void anIdentifierThatDoesNotMatchTheModelNamesTheElement() throws IOException {
    refused(
        QueryModel.STUDY_ROOT,
        DataSet.builder().text(Tag.PATIENT_ID, Vr.LO),
        0xA900,
        Tag.QUERY_RETRIEVE_LEVEL);
    refused(QueryModel.STUDY_ROOT, level("PATIENT"), 0xA900, Tag.QUERY_RETRIEVE_LEVEL);
    refused(QueryModel.STUDY_ROOT, level("FRAME"), 0xA900, Tag.QUERY_RETRIEVE_LEVEL);
    refused(QueryModel.PATIENT_ROOT, level("STUDY"), 0xA900, Tag.PATIENT_ID);
    refused(
        QueryModel.PATIENT_ROOT,
        level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "P*"),
        0xA900,
        Tag.PATIENT_ID);
    refused(
        QueryModel.STUDY_ROOT,
        level("SERIES").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2", "1.3"),
        0xA900,
        Tag.STUDY_INSTANCE_UID);
    refused(
        QueryModel.STUDY_ROOT,
        level("IMAGE").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2"),
        0xA900,
        Tag.SERIES_INSTANCE_UID);
  }

  @Test
  void aMalformedValueIsRefusedByTheNameOfItsAttribute() throws IOException {
    refused(
        QueryModel.STUDY_ROOT,
        level("STUDY").text(Tag.STUDY_DATE, Vr.DA, "yesterday"),
        0xC000,
        Tag.STUDY_DATE);
    refused(
        QueryModel.STUDY_ROOT,
        level("STUDY").text(Tag.STUDY_TIME, Vr.TM, "noon"),
        0xC000,
        Tag.STUDY_TIME);
    refused(
        QueryModel.STUDY_ROOT,
        level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2.x"),
        0xC000,
        Tag.STUDY_INSTANCE_UID);
    refused(
        QueryModel.STUDY_ROOT,
        level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "x".repeat(300)),
        0xC000,
        Tag.PATIENT_ID);
    DataSet item = DataSet.builder().text(Tag.CODE_VALUE, Vr.SH, "x").build();
    refused(
        QueryModel.STUDY_ROOT,
        level("STUDY").sequence(0x00081032, List.of(item, item)),
        0xC000,
        0x00081032);
  }

  private static void refused(QueryModel model, DataSet.Builder keys, int status, int tag)
      throws IOException {
    try (RequestedAssociation association = finding.open(model, "")) {
      AcceptedContext context = association.contexts(model.find()).getFirst();
      DataSet identifier = keys.build();
      Invocation.Answer answer =
          association
              .invoke(
                  context,
                  Requests.find(model.find()),
                  out -> SmallDataSets.write(identifier, context.transferSyntax(), out))
              .next(Finding.SOON);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.command().tags(CommandTag.OFFENDING_ELEMENT)).containsExactly(tag);
      assertThat(answer.command().text(CommandTag.ERROR_COMMENT).orElse(""))
          .isNotBlank()
          .doesNotContain("yesterday", "noon", "1.2.x", "xx");
    }
  }

  @Test
  void aQueryWithoutAnIdentifierIsRefused() throws IOException {
    try (RequestedAssociation association = finding.open(QueryModel.STUDY_ROOT, "")) {
      Uid find = QueryModel.STUDY_ROOT.find();
      Invocation asked =
          association.invoke(association.contexts(find).getFirst(), Requests.find(find), null);
      assertThat(asked.next(Finding.SOON).status()).isEqualTo(Identifier.IDENTIFIER_DOES_NOT_MATCH);
    }
  }

  @Test
  void moreThanTheMostMatchesEndWithWhatToDo() throws IOException {
    Finding.Found found = studyRoot(level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI));
    assertThat(found.matches()).hasSize(MATCHES_MAX);
    assertThat(found.status()).isEqualTo(QueryScp.OUT_OF_RESOURCES);
    assertThat(found.comment()).isEqualTo("more than 6 matches; ask for less");
    assertThat(
            studyRoot(
                    level("STUDY")
                        .text(Tag.STUDY_DATE, Vr.DA, "20240102-")
                        .text(Tag.STUDY_INSTANCE_UID, Vr.UI))
                .status())
        .as("as many as may be")
        .isZero();
  }

  @Test
  void aDayBudgetThatIsUsedUpStopsQueriesAndSaysWhoCanLiftIt(@TempDir Path another)
      throws IOException {
    try (Finding braked = new Finding(another, FindLimits.USUAL, 1, FIND)) {
      for (int study = 1; study <= 6; study++) {
        braked.store(instance(study, 1, 1).build());
      }
      DataSet all = level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI).build();
      assertThat(braked.find(QueryModel.STUDY_ROOT, "", all).matches()).hasSize(6);
      Finding.Found stopped = braked.find(QueryModel.STUDY_ROOT, "", all);
      assertThat(stopped.matches()).isEmpty();
      assertThat(stopped.status()).isEqualTo(QueryScp.OUT_OF_RESOURCES);
      assertThat(stopped.comment()).contains("budget", "witness");
      DataSet patients = level("PATIENT").text(Tag.PATIENT_ID, Vr.LO).build();
      assertThat(braked.find(QueryModel.PATIENT_ROOT, "", patients).status())
          .isEqualTo(QueryScp.OUT_OF_RESOURCES);
    }
  }

  @Test
  void patientsThatAreListedUseTheBudgetToo(@TempDir Path another) throws IOException {
    try (Finding braked = new Finding(another, FindLimits.USUAL, 1, FIND)) {
      for (int study = 1; study <= 5; study++) {
        braked.store(instance(study, 1, 1).build());
      }
      DataSet patients = level("PATIENT").text(Tag.PATIENT_ID, Vr.LO).build();
      assertThat(braked.find(QueryModel.PATIENT_ROOT, "", patients).matches()).hasSize(5);
      assertThat(braked.find(QueryModel.PATIENT_ROOT, "", patients).status())
          .isEqualTo(QueryScp.OUT_OF_RESOURCES);
    }
  }

  @Test
  void aDeviceThatMayNotFindIsToldSo(@TempDir Path another) throws IOException {
    try (Finding storing = new Finding(another, FindLimits.USUAL, 100, Set.of(DeviceVerb.STORE))) {
      assertThat(storing.find(QueryModel.STUDY_ROOT, "", level("STUDY").build()).status())
          .isEqualTo(Status.NOT_AUTHORIZED);
    }
  }

  @Test
  void theEntryIsInTheTrailBeforeTheFirstMatchComes() throws IOException {
    long before = searches();
    try (RequestedAssociation association = finding.open(QueryModel.STUDY_ROOT, "")) {
      QueryScu query =
          QueryScu.ask(
              association,
              QueryModel.STUDY_ROOT.find(),
              level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "P5").build(),
              Finding.SOON);
      assertThat(query.next()).isPresent();
      assertThat(searches()).isEqualTo(before + 1);
      query.next();
      query.next();
      assertThat(query.next()).isEmpty();
      assertThat(query.status()).isZero();
    }
    studyRoot(level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "nobody"));
    assertThat(searches()).as("a search that finds nothing").isEqualTo(before + 2);
  }

  private static long searches() throws IOException {
    return finding.trail().stream().filter(entry -> entry.act() == Act.SEARCHED).count();
  }

  @Test
  void matchesComeInImplicitVrToo() throws IOException {
    try (RequestedAssociation association =
        finding.open(QueryModel.STUDY_ROOT, "", TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid())) {
      QueryScu query =
          QueryScu.ask(
              association,
              QueryModel.STUDY_ROOT.find(),
              level("IMAGE")
                  .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.3")
                  .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.3.1")
                  .us(Tag.ROWS, 256)
                  .text(Tag.SOP_INSTANCE_UID, Vr.UI)
                  .build(),
              Finding.SOON);
      Optional<DataSet> match = query.next();
      assertThat(match.flatMap(each -> each.uid(Tag.SOP_INSTANCE_UID)))
          .contains(new Uid("2.25.3.1.1"));
      assertThat(match.orElseThrow().integer(Tag.ROWS)).hasValue(256);
      assertThat(query.next()).isEmpty();
    }
  }

  /// What is sent waits for the peer's C-CANCEL, so that there is always one in time.
  @Test
  void aCancelledQueryEndsWithinASecond(@TempDir Path another) throws IOException {
    try (Finding waiting =
        new Finding(another, FindLimits.USUAL, 100, FIND, QueryScpTest::untilCancelled)) {
      for (int i = 1; i <= 3; i++) {
        waiting.store(instance(1, 1, i).build());
      }
      try (RequestedAssociation association = waiting.open(QueryModel.STUDY_ROOT, "01")) {
        DataSet all = level("IMAGE").text(Tag.SOP_INSTANCE_UID, Vr.UI).build();
        QueryScu query = QueryScu.ask(association, QueryModel.STUDY_ROOT.find(), all, Finding.SOON);
        assertThat(query.next()).isPresent();
        Instant asked = Instant.now();
        query.cancel();
        assertThat(query.next()).isEmpty();
        assertThat(query.status()).isEqualTo(Status.CANCEL);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  private static OperationScp<Peer> untilCancelled(OperationScp<Peer> scp) {
    return (peer, request, operation) ->
        scp.perform(peer, request, new WaitingOperation(operation));
  }

  /// Nothing is sent that could show it: the index is searched, and nothing matches.
  @Test
  void aQueryIsCancelledWhileItFindsNothing() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    Operation operation =
        new Operation() {
          @Override
          public boolean cancelled() {
            return looks.incrementAndGet() > 3;
          }

          @Override
          public boolean pending(int status, DataSet match) {
            throw new AssertionError("nothing matches");
          }

          @Override
          public boolean pending(SubOperations counts) {
            throw new AssertionError("no such operation");
          }

          @Override
          public Invoker invoker() {
            return new AgreeingInvoker();
          }
        };
    Uid find = QueryModel.STUDY_ROOT.find();
    OperationScp.Request request =
        new OperationScp.Request(
            CommandField.C_FIND_RQ,
            Requests.find(find).build(),
            find,
            new AcceptedContext(1, find, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()),
            Optional.of(level("SERIES").text(Tag.MODALITY, Vr.CS, "XX").build()));
    assertThat(
            new QueryScp(QueryModel.STUDY_ROOT, FindLimits.USUAL)
                .perform(finding.peer, request, operation)
                .status()
                .code())
        .isEqualTo(Status.CANCEL);
    assertThat(looks.get()).as("of seven studies").isLessThan(8);
  }
}
