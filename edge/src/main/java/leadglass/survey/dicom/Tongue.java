package leadglass.survey.dicom;

import java.nio.charset.StandardCharsets;
import leadglass.survey.Service;

/// Other protocols, known by the first bytes that they send.
public enum Tongue {
  HTTP("HTTP/", Service.HTTP),
  TLS("", Service.DICOM_TLS),
  FTP("220", Service.FTP),
  RSYNC("@RSYNCD:", Service.RSYNC),
  REDIS("-ERR", Service.REDIS),
  SSH("SSH-", Service.UNKNOWN),
  NONE("", Service.UNKNOWN);

  private final String start;
  private final Service service;

  Tongue(String start, Service service) {
    this.start = start;
    this.service = service;
  }

  public Service service() {
    return service;
  }

  static Tongue of(byte[] first, int length) {
    if (length >= 2 && (first[0] == 0x15 || first[0] == 0x16) && first[1] == 0x03) {
      return TLS;
    }
    for (Tongue each : values()) {
      byte[] start = each.start.getBytes(StandardCharsets.US_ASCII);
      int compared = Math.min(length, start.length);
      if (compared >= 3 && java.util.Arrays.equals(start, 0, compared, first, 0, compared)) {
        return each;
      }
    }
    return NONE;
  }
}
