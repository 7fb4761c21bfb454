package leadglass.testkit.world;

import static leadglass.testkit.world.DicomMessage.CANCELLED;
import static leadglass.testkit.world.DicomMessage.MISMATCH;
import static leadglass.testkit.world.DicomMessage.PENDING;
import static leadglass.testkit.world.DicomMessage.SUCCESS;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Answers to queries and retrievals by a server that has what it says and tells it to anybody.
///
/// @param patientRoot whether patients are asked for before their studies
/// @param talkative whether rows have more in them than was asked for
/// @param retrieval whether C-GET is allowed; of nothing, that is: nobody may ask for more here
record ArchiveAnswers(
    Archive archive, boolean patientRoot, boolean talkative, boolean retrieval, HostVisits visits)
    implements DicomService.Answers {
  private static final int BATCH_ROWS = 64;

  /// What is no matching key.
  private static final Set<Integer> MATCHING_NOTHING =
      Set.of(Attributes.LEVEL, Attributes.CHARACTER_SET, Attributes.RETRIEVE_TITLE);

  @Override
  public void answer(DicomMessage message, DicomLine line) throws IOException {
    Map<Integer, String> keys = message.attributes();
    String level = keys.getOrDefault(Attributes.LEVEL, "");
    boolean known =
        Set.of("STUDY", "SERIES", "IMAGE").contains(level)
            || (patientRoot && level.equals("PATIENT"));
    boolean unique = level.equals("STUDY") || level.equals("PATIENT");
    if (!known || (!unique && keys.getOrDefault(Attributes.STUDY_UID, "").isEmpty())) {
      line.reply(message.context(), message.failure(MISMATCH, archive.names().comment()));
    } else if (message.field() == DicomMessage.FIND) {
      find(message, line, keys, level);
    } else {
      retrieve(message, line, keys);
    }
  }

  private void retrieve(DicomMessage message, DicomLine line, Map<Integer, String> keys)
      throws IOException {
    if (!keys.containsKey(Attributes.STUDY_UID) || !unknown(keys)) {
      visits.retrieved();
    }
    byte[] answer =
        !retrieval
            ? message.failure(DicomMessage.NOT_AUTHORIZED, archive.names().comment())
            : message.field() == DicomMessage.MOVE
                ? message.failure(DicomMessage.UNKNOWN_DESTINATION, archive.names().comment())
                : message.nothingRetrieved();
    line.reply(message.context(), answer);
  }

  private boolean unknown(Map<Integer, String> keys) {
    return archive.find(keys.getOrDefault(Attributes.STUDY_UID, "")).isEmpty();
  }

  private void find(DicomMessage message, DicomLine line, Map<Integer, String> keys, String level)
      throws IOException {
    byte[] pending = message.response(PENDING, true);
    int[] numbers =
        switch (level) {
          case "PATIENT" -> IntStream.range(0, archive.patients()).toArray();
          case "STUDY" -> archive.candidates(keys.getOrDefault(Attributes.STUDY_UID, "")).toArray();
          default -> new int[0]; // what series there are is nobody's business here
        };
    for (int i = 0; i < numbers.length; i++) {
      Map<Integer, String> row =
          level.equals("PATIENT")
              ? archive.patient(numbers[i])
              : archive.study(numbers[i]).attributes();
      if (matches(keys, row)) {
        line.reply(
            message.context(),
            pending,
            Attributes.encode(answer(keys, row, level), message.context().explicit()));
      }
      if (i % BATCH_ROWS == BATCH_ROWS - 1 && line.interrupted()) {
        line.reply(message.context(), message.response(CANCELLED, false));
        return;
      }
    }
    line.reply(message.context(), message.response(SUCCESS, false));
  }

  /// Single values, lists of UIDs and wild cards (PS3.4 §C.2.2.2).
  private static boolean matches(Map<Integer, String> keys, Map<Integer, String> row) {
    for (Map.Entry<Integer, String> key : keys.entrySet()) {
      String wanted = key.getValue();
      if (!wanted.isEmpty()
          && !wanted.equals("*")
          && !MATCHING_NOTHING.contains(key.getKey())
          && !Wanted.matches(wanted, row.getOrDefault(key.getKey(), ""))) {
        return false;
      }
    }
    return true;
  }

  private Map<Integer, String> answer(
      Map<Integer, String> keys, Map<Integer, String> row, String level) {
    Map<Integer, String> answer = new HashMap<>();
    for (int tag : keys.keySet()) {
      if (Attributes.known(tag)) {
        answer.put(tag, row.getOrDefault(tag, ""));
      }
    }
    if (talkative) {
      answer.putAll(row);
    }
    answer.put(Attributes.LEVEL, level);
    answer.put(Attributes.RETRIEVE_TITLE, archive.names().aeTitle());
    if (answer.containsKey(Attributes.CHARACTER_SET)) {
      answer.put(Attributes.CHARACTER_SET, "ISO_IR 100");
    }
    return answer;
  }
}
