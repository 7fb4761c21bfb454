package leadglass.net.ul;

/// What is done on an event, and the state that follows (PS3.8 Tables 9-6 to 9-9).
public enum Action {
  /// Ask for a transport connection.
  AE_1(State.STA_4),
  /// Send A-ASSOCIATE-RQ.
  AE_2(State.STA_5),
  /// Confirm the association to the user.
  AE_3(State.STA_6),
  /// Tell the user of the rejection; close.
  AE_4(State.STA_1),
  /// Take the connection; start ARTIM.
  AE_5(State.STA_2),
  /// Stop ARTIM; indicate the request to the user. If it is unacceptable to the provider, send
  /// A-ASSOCIATE-RJ instead, start ARTIM, and go to [State#STA_13].
  AE_6(State.STA_3, State.STA_13),
  /// Send A-ASSOCIATE-AC.
  AE_7(State.STA_6),
  /// Send A-ASSOCIATE-RJ; start ARTIM.
  AE_8(State.STA_13),
  /// Send P-DATA-TF.
  DT_1(State.STA_6),
  /// Indicate P-DATA.
  DT_2(State.STA_6),
  /// Send A-RELEASE-RQ.
  AR_1(State.STA_7),
  /// Indicate the release.
  AR_2(State.STA_8),
  /// Confirm the release; close.
  AR_3(State.STA_1),
  /// Send A-RELEASE-RP; start ARTIM.
  AR_4(State.STA_13),
  /// Stop ARTIM.
  AR_5(State.STA_1),
  /// Indicate P-DATA.
  AR_6(State.STA_7),
  /// Send P-DATA-TF.
  AR_7(State.STA_8),
  /// Indicate the release collision. The requestor of the association goes to [State#STA_9], its
  /// acceptor to [State#STA_10].
  AR_8(State.STA_10, State.STA_9),
  /// Send A-RELEASE-RP.
  AR_9(State.STA_11),
  /// Confirm the release.
  AR_10(State.STA_12),
  /// Send A-ABORT (service user); start ARTIM, or start it again.
  AA_1(State.STA_13),
  /// Stop ARTIM; close.
  AA_2(State.STA_1),
  /// Tell the user of the abort; close.
  AA_3(State.STA_1),
  /// Tell the user that the provider aborted.
  AA_4(State.STA_1),
  /// Stop ARTIM.
  AA_5(State.STA_1),
  /// Ignore the PDU.
  AA_6(State.STA_13),
  /// Send A-ABORT.
  AA_7(State.STA_13),
  /// Send A-ABORT (service provider); tell the user; start ARTIM.
  AA_8(State.STA_13);

  private final State next;
  private final State otherwise;

  Action(State next) {
    this(next, next);
  }

  Action(State next, State otherwise) {
    this.next = next;
    this.otherwise = otherwise;
  }

  /// The state of an association acceptor afterwards.
  public State next() {
    return next;
  }

  /// The state if the action's other half was taken; [#next()] where there is none.
  public State otherwise() {
    return otherwise;
  }
}
