package leadglass.store.search;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import leadglass.store.SiteId;
import leadglass.store.StudySearch.Field;
import leadglass.store.StudyTerms;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.pack.Trailer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/// A study as a document of the search: one value per field in its comparable form, runs of three
/// characters for patterns, words for what people type, and the keys it is sorted by.
final class Documents {
  static final String KEY = "key";
  static final String SITE = "site";
  static final String UID = "uid";
  static final String WORD = "word";
  static final String NAME = "name";
  static final String DIGEST = "digest";

  /// Bytes of a date's or time's point: `HHMMSS.FFFFFF` fits.
  static final int POINT_BYTES = 16;

  private static final int VALUES_MAX = 64;
  private static final int DIGEST_BYTES = 16;

  private Documents() {}

  static String exact(Field field) {
    return "exact." + field;
  }

  static String trigram(Field field) {
    return "trigram." + field;
  }

  static String point(Field field) {
    return "point." + field;
  }

  static boolean isMoment(Field field) {
    return switch (field) {
      case STUDY_DATE, STUDY_TIME, BIRTH_DATE -> true;
      case PATIENT_NAME,
          PATIENT_ID,
          ISSUER,
          SEX,
          ACCESSION_NUMBER,
          STUDY_ID,
          DESCRIPTION,
          REFERRER,
          MODALITY ->
          false;
    };
  }

  static Term key(StudyChange study) {
    return new Term(KEY, HexFormat.of().formatHex(study.name()));
  }

  static Document of(StudyChange study) {
    Document document = new Document();
    document.add(new StringField(KEY, HexFormat.of().formatHex(study.name()), Store.NO));
    document.add(new StringField(SITE, study.site().value(), Store.NO));
    document.add(new StringField(UID, study.uid(), Store.NO));
    document.add(new BinaryDocValuesField(NAME, new BytesRef(study.name())));
    document.add(new BinaryDocValuesField(DIGEST, new BytesRef(digest(study))));
    Set<String> words = new LinkedHashSet<>();
    values(study.terms()).forEach((field, values) -> add(document, field, values, words));
    for (String word : words) {
      document.add(new StringField(WORD, word, Store.NO));
    }
    SortKey sort = SortKey.of(study.terms(), study.number());
    document.add(new NumericDocValuesField(SortKey.DATE, sort.date()));
    document.add(new NumericDocValuesField(SortKey.TIME, sort.time()));
    document.add(new NumericDocValuesField(SortKey.ARRIVAL, sort.arrival()));
    return document;
  }

  /// Of all that a document is made of, so that one that was left behind shows.
  static byte[] digest(StudyChange study) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(study.site().value());
      out.writeUTF(study.uid());
      out.writeLong(study.number());
      Trailer.writeTerms(out, study.terms());
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()), DIGEST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  private static void add(
      Document document, Field field, Collection<String> values, Set<String> words) {
    Set<String> held = new TreeSet<>();
    for (String value : values) {
      String comparable = Folding.held(field, value);
      if (!comparable.isEmpty() && held.size() < VALUES_MAX) {
        held.add(comparable);
        if (isTyped(field)) {
          words.addAll(Folding.words(value));
        }
      }
    }
    Set<String> trigrams = new TreeSet<>();
    for (String value : held) {
      document.add(new StringField(exact(field), value, Store.NO));
      document.add(new SortedSetDocValuesField(exact(field), new BytesRef(value)));
      if (isMoment(field)) {
        document.add(new BinaryPoint(point(field), point(value, (byte) 0)));
      } else {
        trigrams.addAll(WildcardPattern.trigramsOf(value));
      }
    }
    for (String trigram : trigrams) {
      document.add(new StringField(trigram(field), trigram, Store.NO));
    }
  }

  /// A date or time as it stands, filled up: in the order of its characters.
  static byte[] point(String value, byte fill) {
    byte[] point = new byte[POINT_BYTES];
    Arrays.fill(point, fill);
    byte[] bytes = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteBuffer.wrap(point).put(bytes, 0, Math.min(bytes.length, POINT_BYTES));
    return point;
  }

  private static boolean isTyped(Field field) {
    return switch (field) {
      case PATIENT_NAME, PATIENT_ID, ACCESSION_NUMBER, STUDY_ID, DESCRIPTION, REFERRER -> true;
      case ISSUER, BIRTH_DATE, SEX, STUDY_DATE, STUDY_TIME, MODALITY -> false;
    };
  }

  private static Map<Field, List<String>> values(StudyTerms terms) {
    Map<Field, List<String>> values = new EnumMap<>(Field.class);
    values.put(Field.PATIENT_NAME, terms.patientNames());
    values.put(Field.PATIENT_ID, List.of(terms.patientId()));
    values.put(Field.ISSUER, List.of(terms.issuer()));
    values.put(Field.BIRTH_DATE, List.of(terms.birthDate()));
    values.put(Field.SEX, List.of(terms.sex()));
    values.put(Field.STUDY_DATE, List.of(terms.studyDate()));
    values.put(Field.STUDY_TIME, List.of(terms.studyTime()));
    values.put(Field.ACCESSION_NUMBER, List.of(terms.accessionNumber()));
    values.put(Field.STUDY_ID, List.of(terms.studyId()));
    values.put(Field.DESCRIPTION, List.of(terms.description()));
    values.put(Field.REFERRER, terms.referrers());
    values.put(Field.MODALITY, terms.modalities());
    return values;
  }

  static Term site(SiteId site) {
    return new Term(SITE, site.value());
  }
}
