package leadglass.net.dimse;

/// Command elements (PS3.7 §E.1).
public final class CommandTag {
  public static final int GROUP_LENGTH = 0x00000000;
  public static final int AFFECTED_SOP_CLASS_UID = 0x00000002;
  public static final int REQUESTED_SOP_CLASS_UID = 0x00000003;
  public static final int COMMAND_FIELD = 0x00000100;
  public static final int MESSAGE_ID = 0x00000110;
  public static final int MESSAGE_ID_BEING_RESPONDED_TO = 0x00000120;
  public static final int COMMAND_DATA_SET_TYPE = 0x00000800;
  public static final int STATUS = 0x00000900;
  public static final int OFFENDING_ELEMENT = 0x00000901;
  public static final int ERROR_COMMENT = 0x00000902;
  public static final int AFFECTED_SOP_INSTANCE_UID = 0x00001000;
  public static final int REQUESTED_SOP_INSTANCE_UID = 0x00001001;

  private CommandTag() {}
}
