package leadglass.audit.message;

/// What an event of a kind is in particular (PS3.16 CID 401 and 403).
public enum EventType {
  APPLICATION_START("110120", "Application Start"),
  APPLICATION_STOP("110121", "Application Stop"),
  LOGIN("110122", "Login"),
  LOGOUT("110123", "Logout"),
  NODE_AUTHENTICATION("110126", "Node Authentication"),
  EMERGENCY_OVERRIDE_STARTED("110127", "Emergency Override Started"),
  NETWORK_CONFIGURATION("110128", "Network Configuration"),
  SECURITY_CONFIGURATION("110129", "Security Configuration"),
  SOFTWARE_CONFIGURATION("110131", "Software Configuration"),
  USE_OF_RESTRICTED_FUNCTION("110132", "Use of Restricted Function"),
  OBJECT_SECURITY_ATTRIBUTES_CHANGED("110135", "Object Security Attributes Changed"),
  SECURITY_ROLES_CHANGED("110136", "Security Roles Changed"),
  USER_SECURITY_ATTRIBUTES_CHANGED("110137", "User Security Attributes Changed");

  private final String code;
  private final String meaning;

  EventType(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public Code code() {
    return Code.dicom(code, meaning);
  }
}
