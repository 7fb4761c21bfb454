package leadglass.survey;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a port speaks.
public enum Service {
  DICOM,
  DICOM_TLS,
  HTTP,
  HTTPS,
  FTP,
  RSYNC,
  REDIS,
  POSTGRESQL,
  MONGODB,
  ELASTICSEARCH,
  SMB,
  NFS,
  HL7,
  /// It answers, but not in a tongue that we know.
  UNKNOWN;

  private static List<Integer> usualPorts(Service service) {
    return switch (service) {
      case DICOM -> List.of(104, 4242, 11112);
      case DICOM_TLS -> List.of(2761, 2762);
      case HTTP -> List.of(80, 8042, 8080);
      case HTTPS -> List.of(443, 8443);
      case FTP -> List.of(21);
      case RSYNC -> List.of(873);
      case REDIS -> List.of(6379);
      case POSTGRESQL -> List.of(5432);
      case MONGODB -> List.of(27017);
      case ELASTICSEARCH -> List.of(9200);
      case SMB -> List.of(445);
      case NFS -> List.of(2049);
      case HL7 -> List.of(2575);
      case UNKNOWN -> List.of();
    };
  }

  /// As in a list of targets: `dicom-tls`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Service> ofWord(String word) {
    return Stream.of(values())
        .filter(each -> each != UNKNOWN && each.word().equals(word))
        .findFirst();
  }

  /// What usually listens there; a guess that is checked.
  public static Optional<Service> usualAt(int port) {
    return Stream.of(values()).filter(each -> usualPorts(each).contains(port)).findFirst();
  }

  /// All ports that are looked at where none is named.
  public static List<Integer> usualPorts() {
    return Stream.of(values()).flatMap(each -> usualPorts(each).stream()).toList();
  }

  public boolean isDicom() {
    return this == DICOM || this == DICOM_TLS;
  }

  public boolean isWeb() {
    return this == HTTP || this == HTTPS || this == ELASTICSEARCH;
  }

  public boolean isTls() {
    return this == DICOM_TLS || this == HTTPS;
  }
}
