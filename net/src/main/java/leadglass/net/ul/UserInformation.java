package leadglass.net.ul;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user information item (PS3.8 §9.3.2.3, PS3.7 Annex D.3.3). Its text never goes into a
/// `toString`.
///
/// @param pduBytesMax longest P-DATA-TF body its sender takes; 0 for no limit
/// @param implementationClassUid empty if it was not sent
/// @param implementationVersionName empty if it was not sent
public record UserInformation(
    long pduBytesMax,
    String implementationClassUid,
    String implementationVersionName,
    @Nullable AsynchronousOperations asynchronousOperations,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    List<CommonExtendedNegotiation> commonExtended,
    @Nullable UserIdentity identity) {

  public UserInformation {
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    commonExtended = List.copyOf(commonExtended);
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

  /// That a user identity was sent (PS3.7 §D.3.3.7). Its fields are checked and dropped: they hold
  /// names, passcodes and tickets, and no proof that we take.
  ///
  /// @param type 1 name, 2 name and passcode, 3 Kerberos, 4 SAML, 5 JSON web token, or unknown
  public record UserIdentity(int type, boolean positiveResponseRequested) {}
}
