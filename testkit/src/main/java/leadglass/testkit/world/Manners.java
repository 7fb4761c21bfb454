package leadglass.testkit.world;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import leadglass.testkit.RawPdu;

/// How a DICOM server takes an association.
///
/// @param refusal of an association; empty if it is accepted
/// @param abstractSyntaxes that it accepts
/// @param explicit whether it prefers explicit VR
/// @param version its implementation version name
record Manners(
    Refusal refusal, Predicate<String> abstractSyntaxes, boolean explicit, String version) {
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String STUDY_ROOT = "1.2.840.10008.5.1.4.1.2.2.";
  static final String PATIENT_ROOT = "1.2.840.10008.5.1.4.1.2.1.";
  static final String FIND = "1";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
  private static final int PDU_BYTES_MAX = 16 << 10;
  private static final int NOT_SUPPORTED = 3;
  private static final int NO_SYNTAX = 4;

  /// Whether an association is rejected, and by which result, source and reason.
  @FunctionalInterface
  interface Refusal {
    Optional<List<Integer>> of(AssociateRequest request);

    Refusal NONE = _ -> Optional.empty();

    static Refusal always(int result, int source, int reason) {
      return _ -> Optional.of(List.of(result, source, reason));
    }

    /// Called AE title not recognized, unless it is this one.
    static Refusal unless(String called) {
      return request ->
          request.called().equals(called) ? Optional.empty() : Optional.of(List.of(1, 1, 7));
    }
  }

  static boolean verification(String syntax) {
    return syntax.equals(VERIFICATION);
  }

  static boolean storage(String syntax) {
    return syntax.startsWith(STORAGE);
  }

  /// The transfer syntax for a context that is accepted; empty if it proposes none of ours.
  private Optional<String> chosen(RawPdu.Context context) {
    List<String> proposed = context.transferSyntaxes();
    return (explicit ? List.of(EXPLICIT, IMPLICIT) : List.of(IMPLICIT, EXPLICIT))
        .stream().filter(proposed::contains).findFirst();
  }

  /// Accepted contexts by ID.
  Optional<DicomLine.Context> accepted(RawPdu.Context context) {
    return abstractSyntaxes.test(context.abstractSyntax())
        ? chosen(context)
            .map(syntax ->
                new DicomLine.Context(
                    context.id(), context.abstractSyntax(), syntax.equals(EXPLICIT)))
        : Optional.empty();
  }

  /// The A-ASSOCIATE-AC.
  byte[] acceptance(AssociateRequest request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(request.head());
    body.writeBytes(RawPdu.item(0x10, RawPdu.latin("1.2.840.10008.3.1.1.1")));
    for (RawPdu.Context context : request.contexts()) {
      boolean known = abstractSyntaxes.test(context.abstractSyntax());
      Optional<String> syntax = chosen(context);
      int result = !known ? NOT_SUPPORTED : syntax.isEmpty() ? NO_SYNTAX : 0;
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      answer.writeBytes(new byte[] {(byte) context.id(), 0, (byte) result, 0});
      answer.writeBytes(RawPdu.item(0x40, RawPdu.latin(syntax.orElse(IMPLICIT))));
      body.writeBytes(RawPdu.item(0x21, answer.toByteArray()));
    }
    ByteArrayOutputStream user = new ByteArrayOutputStream();
    user.writeBytes(RawPdu.item(0x51, ByteBuffer.allocate(4).putInt(PDU_BYTES_MAX).array()));
    user.writeBytes(RawPdu.item(0x52, RawPdu.latin("2.25.1")));
    user.writeBytes(RawPdu.item(0x55, RawPdu.latin(version)));
    body.writeBytes(RawPdu.item(0x50, user.toByteArray()));
    return new RawPdu(RawPdu.ASSOCIATE_AC, body.toByteArray()).encode();
  }
}
