package leadglass.net.ul;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user information item (PS3.8 §9.3.2.3, PS3.7 Annex D.3.3). Its text never goes into a
/// `toString`.
///
/// @param pduBytesMax longest P-DATA-TF body its sender takes; 0 for no limit
/// @param implementationClassUid empty if it was not sent
/// @param implementationVersionName empty if it was not sent
/// @param identityAnswer what an acceptor says to a user identity (PS3.7 §D.3.3.7.2)
public record UserInformation(
    long pduBytesMax,
    String implementationClassUid,
    String implementationVersionName,
    @Nullable AsynchronousOperations asynchronousOperations,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    List<CommonExtendedNegotiation> commonExtended,
    @Nullable UserIdentity identity,
    @Nullable String identityAnswer) {

  public UserInformation {
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    commonExtended = List.copyOf(commonExtended);
  }

  /// As a requestor sends it, and as an acceptor answers who was not told an identity.
  public UserInformation(
      long pduBytesMax,
      String implementationClassUid,
      String implementationVersionName,
      @Nullable AsynchronousOperations asynchronousOperations,
      List<RoleSelection> roles,
      List<ExtendedNegotiation> extended,
      List<CommonExtendedNegotiation> commonExtended,
      @Nullable UserIdentity identity) {
    this(
        pduBytesMax,
        implementationClassUid,
        implementationVersionName,
        asynchronousOperations,
        roles,
        extended,
        commonExtended,
        identity,
        null);
  }

  @Override
  public String toString() {
    return "UserInformation[pduBytesMax=" + pduBytesMax + "]";
  }

  /// Asynchronous operations window (PS3.7 §D.3.3.3); 0 for no limit.
  public record AsynchronousOperations(int invokedMax, int performedMax) {}

  /// SCP/SCU role selection (PS3.7 §D.3.3.4).
  public record RoleSelection(String sopClass, boolean scu, boolean scp) {}

  /// SOP class extended negotiation (PS3.7 §D.3.3.5).
  ///
  /// @param information of the service class, hexadecimal
  public record ExtendedNegotiation(String sopClass, String information) {}

  /// SOP class common extended negotiation (PS3.7 §D.3.3.6).
  public record CommonExtendedNegotiation(
      String sopClass, String serviceClass, List<String> relatedGeneralSopClasses) {
    public CommonExtendedNegotiation {
      relatedGeneralSopClasses = List.copyOf(relatedGeneralSopClasses);
    }
  }

  /// A user identity (PS3.7 §D.3.3.7). `toString` tells no field.
  ///
  /// @param type 1 name, 2 name and passcode, 3 Kerberos, 4 SAML, 5 JSON web token, or unknown
  /// @param primary name, ticket, assertion or token, byte for byte as ISO 8859-1
  /// @param secondary the passcode of type 2, likewise; else empty
  public record UserIdentity(
      int type, boolean positiveResponseRequested, String primary, String secondary) {
    public static final int NAME = 1;
    public static final int NAME_AND_PASSCODE = 2;
    public static final int JSON_WEB_TOKEN = 5;

    @Override
    public String toString() {
      return "UserIdentity[" + type + "]";
    }
  }
}
