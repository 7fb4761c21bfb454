package leadglass.net.ul;

/// What the upper layer reacts to, numbered as in PS3.8 Table 9-10.
public enum Event {
  /// A-ASSOCIATE request of the local user.
  EVT_1,
  /// The transport connection is confirmed.
  EVT_2,
  /// A-ASSOCIATE-AC arrived.
  EVT_3,
  /// A-ASSOCIATE-RJ arrived.
  EVT_4,
  /// A transport connection came in.
  EVT_5,
  /// A-ASSOCIATE-RQ arrived.
  EVT_6,
  /// The local user accepts the association.
  EVT_7,
  /// The local user rejects it.
  EVT_8,
  /// P-DATA request of the local user.
  EVT_9,
  /// P-DATA-TF arrived.
  EVT_10,
  /// A-RELEASE request of the local user.
  EVT_11,
  /// A-RELEASE-RQ arrived.
  EVT_12,
  /// A-RELEASE-RP arrived.
  EVT_13,
  /// A-RELEASE response of the local user.
  EVT_14,
  /// A-ABORT request of the local user.
  EVT_15,
  /// A-ABORT arrived.
  EVT_16,
  /// The transport connection was closed.
  EVT_17,
  /// The ARTIM timer expired.
  EVT_18,
  /// An unrecognized or invalid PDU arrived.
  EVT_19
}
