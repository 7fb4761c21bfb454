package leadglass.testkit.world;

/// One of the world's hosts.
///
/// @param number from 0
/// @param country ISO 3166 alpha-2
/// @param archive what it lists or counts, to whom it may concern
record Host(
    int number,
    String address,
    String country,
    String owner,
    String responsible,
    Kind kind,
    Names names,
    Archive archive,
    HostVisits visits) {
  long studies() {
    return kind.open() ? archive.studies() : 0;
  }

  long images() {
    return kind.open() ? archive.images() : 0;
  }

  long imagesAccessible() {
    return kind.imagesAccessible() ? archive.images() : 0;
  }
}
