package leadglass.server.scp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Commitments;
import leadglass.archive.Commitments.Reference;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Status;

/// Answers N-ACTION of the Storage Commitment Push Model (PS3.4 Annex J). The report follows, on
/// the same association or on another.
record CommitmentScp(CommitmentReports reports) implements OperationScp<Peer> {
  static final Uid SOP_CLASS = new Uid("1.2.840.10008.1.20.1");
  static final Uid SOP_INSTANCE = new Uid("1.2.840.10008.1.20.1.1");

  static final int TRANSACTION_UID = 0x00081195;
  static final int REFERENCED_SOP_SEQUENCE = 0x00081199;
  static final int REFERENCED_SOP_CLASS_UID = 0x00081150;
  static final int REFERENCED_SOP_INSTANCE_UID = 0x00081155;

  private static final int REQUEST_STORAGE_COMMITMENT = 1;

  static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;
  static final int NO_SUCH_ACTION_TYPE = 0x0123;
  static final int INVALID_ARGUMENT_VALUE = 0x0115;
  static final int RESOURCE_LIMITATION = 0x0213;
  static final int DUPLICATE_TRANSACTION_UID = 0x0131;

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) {
    if (!request.sopInstance().filter(SOP_INSTANCE::equals).isPresent()) {
      return Outcome.of(NO_SUCH_OBJECT_INSTANCE, "not the well-known storage commitment instance");
    }
    int type = request.command().us(CommandTag.ACTION_TYPE_ID).orElse(0);
    if (type != REQUEST_STORAGE_COMMITMENT) {
      return Outcome.of(NO_SUCH_ACTION_TYPE, "the only action is 1, request storage commitment");
    }
    DataSet asked = request.dataSet().orElse(DataSet.EMPTY);
    Optional<Uid> transaction = asked.uid(TRANSACTION_UID);
    Optional<List<Reference>> references = references(asked);
    if (transaction.isEmpty() || references.isEmpty()) {
      int tag = transaction.isEmpty() ? TRANSACTION_UID : REFERENCED_SOP_SEQUENCE;
      return Outcome.of(
          new Status(
              INVALID_ARGUMENT_VALUE,
              "a Transaction UID and references with class and instance",
              List.of(tag)));
    }
    return switch (peer.site()
        .commitments()
        .ask(peer.device(), transaction.get(), references.get())) {
      case TAKEN ->
          Outcome.of(Status.success())
              .then(invoker ->
                  reports.report(
                      peer.site(),
                      new Commitments.Open(transaction.get(), peer.device().aeTitle()),
                      Optional.of(invoker)));
      case NOT_AUTHORIZED ->
          Outcome.of(Status.NOT_AUTHORIZED, "this device may not ask for commitment");
      case DUPLICATE_TRANSACTION_UID ->
          Outcome.of(DUPLICATE_TRANSACTION_UID, "this Transaction UID is open already");
      case RESOURCE_LIMITATION ->
          Outcome.of(
              RESOURCE_LIMITATION,
              "1 to " + Commitments.ITEMS_MAX + " instances; not too many transactions open");
    };
  }

  private static Optional<List<Reference>> references(DataSet asked) {
    List<Reference> references = new ArrayList<>();
    for (DataSet item : asked.items(REFERENCED_SOP_SEQUENCE)) {
      Optional<Uid> sopClass = item.uid(REFERENCED_SOP_CLASS_UID);
      Optional<Uid> sopInstance = item.uid(REFERENCED_SOP_INSTANCE_UID);
      if (sopClass.isEmpty() || sopInstance.isEmpty()) {
        return Optional.empty();
      }
      references.add(new Reference(sopClass.get(), sopInstance.get()));
    }
    return Optional.of(references);
  }
}
