package leadglass.dicom.dict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;

/// The registered UIDs (PS3.6 Annex A).
public final class Uids {
  private static final Uids REGISTERED = new Uids();

  /// A row of PS3.6 Table A-1.
  ///
  /// @param stored whether instances of this SOP class are stored
  public record Registered(
      Uid uid, String type, String keyword, String name, boolean retired, boolean stored) {}

  private final Map<Uid, Registered> all = new LinkedHashMap<>();
  private final Map<Uid, TransferSyntax> transferSyntaxes = new LinkedHashMap<>();

  private Uids() {
    for (String[] row : Rows.read("uids.txt")) {
      Uid uid = new Uid(row[0]);
      boolean retired = row[3].equals("R");
      String flags = row[4];
      all.put(uid, new Registered(uid, row[1], row[2], row[5], retired, flags.indexOf('S') >= 0));
      if (row[1].equals("Transfer Syntax")) {
        transferSyntaxes.put(
            uid,
            new TransferSyntax(
                uid,
                row[5],
                flags.indexOf('E') >= 0,
                flags.indexOf('B') >= 0,
                flags.indexOf('D') >= 0,
                flags.indexOf('F') >= 0,
                flags.indexOf('X') < 0,
                retired));
      }
    }
  }

  public static Collection<Registered> all() {
    return Collections.unmodifiableCollection(REGISTERED.all.values());
  }

  public static Optional<Registered> find(Uid uid) {
    return Optional.ofNullable(REGISTERED.all.get(uid));
  }

  public static Optional<TransferSyntax> transferSyntax(Uid uid) {
    return Optional.ofNullable(REGISTERED.transferSyntaxes.get(uid));
  }

  public static Collection<TransferSyntax> transferSyntaxes() {
    return Collections.unmodifiableCollection(REGISTERED.transferSyntaxes.values());
  }

  /// SOP classes whose instances are stored (PS3.4 Annex B and the retired ones of its kind).
  public static List<Uid> storageSopClasses() {
    List<Uid> stored = new ArrayList<>();
    for (Registered registered : REGISTERED.all.values()) {
      if (registered.stored()) {
        stored.add(registered.uid());
      }
    }
    return stored;
  }
}
