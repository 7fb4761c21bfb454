package leadglass.net.ul;

import java.nio.ByteBuffer;
import java.util.List;

/// A protocol data unit (PS3.8 §9.3). `toString` tells no AE title and no value.
public sealed interface Pdu {

  /// A-ASSOCIATE-RQ (PS3.8 §9.3.2).
  ///
  /// @param protocolVersion one bit a version; bit 0 is the only one there is
  /// @param calledField the 16 characters of Called-AE-title as sent, spaces included
  /// @param callingField the 16 characters of Calling-AE-title as sent
  /// @param reservedField 32 characters, to be sent back as they came
  record AAssociateRq(
      int protocolVersion,
      String calledField,
      String callingField,
      String reservedField,
      String applicationContext,
      List<ProposedContext> contexts,
      UserInformation userInformation)
      implements Pdu {
    public AAssociateRq {
      contexts = List.copyOf(contexts);
    }

    /// Without the spaces around it, which mean nothing (PS3.8 Table 9-11), and without the zeros
    /// that old peers put in their place.
    public String calledAeTitle() {
      return title(calledField);
    }

    /// Likewise.
    public String callingAeTitle() {
      return title(callingField);
    }

    private static String title(String field) {
      int end = field.length();
      while (end > 0 && field.charAt(end - 1) == 0) {
        end--;
      }
      return field.substring(0, end).strip();
    }

    @Override
    public String toString() {
      return "AAssociateRq[" + contexts.size() + " contexts]";
    }
  }

  /// A-ASSOCIATE-AC (PS3.8 §9.3.3). The three fields are those of the request.
  record AAssociateAc(
      String calledField,
      String callingField,
      String reservedField,
      String applicationContext,
      List<AnsweredContext> contexts,
      UserInformation userInformation)
      implements Pdu {
    public AAssociateAc {
      contexts = List.copyOf(contexts);
    }

    @Override
    public String toString() {
      return "AAssociateAc[" + contexts.size() + " contexts]";
    }
  }

  /// A-ASSOCIATE-RJ (PS3.8 §9.3.4).
  record AAssociateRj(Rejection rejection) implements Pdu {}

  /// P-DATA-TF (PS3.8 §9.3.5), at least one item.
  record PDataTf(List<Pdv> items) implements Pdu {
    public PDataTf {
      items = List.copyOf(items);
    }
  }

  /// A-RELEASE-RQ (PS3.8 §9.3.6).
  record AReleaseRq() implements Pdu {}

  /// A-RELEASE-RP (PS3.8 §9.3.7).
  record AReleaseRp() implements Pdu {}

  /// A-ABORT (PS3.8 §9.3.8).
  ///
  /// @param source 0 the peer's user, 2 its provider
  /// @param reason of PS3.8 Table 9-26; means nothing from a user
  record AAbort(int source, int reason) implements Pdu {
    public static final int SERVICE_USER = 0;
    public static final int SERVICE_PROVIDER = 2;
  }

  /// One presentation data value.
  ///
  /// @param fragment a read-only view of the PDU's buffer
  record Pdv(PdvHeader header, ByteBuffer fragment) {
    @Override
    public String toString() {
      return "Pdv[" + header + "]";
    }
  }
}
