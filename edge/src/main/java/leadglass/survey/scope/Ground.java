package leadglass.survey.scope;

/// Why an address may be asked.
public sealed interface Ground {
  /// For the report.
  String words();

  /// This machine itself.
  record Loopback() implements Ground {
    @Override
    public String words() {
      return "this machine";
    }
  }

  /// An address that an interface of this machine has.
  record Own() implements Ground {
    @Override
    public String words() {
      return "an address of this machine";
    }
  }

  /// A private address that somebody answers for.
  record Attested(Attestation by) implements Ground {
    @Override
    public String words() {
      return "private address; " + by.words() + " answers for it";
    }
  }

  /// A public address that proved itself.
  ///
  /// @param how such as "it served the challenge"
  record Proven(String how, Attestation by) implements Ground {
    @Override
    public String words() {
      return how + "; " + by.words() + " answers for it";
    }
  }

  /// A mandate that somebody signed.
  ///
  /// @param basis the law or contract it names
  record Mandated(String issuer, String basis) implements Ground {
    @Override
    public String words() {
      return "mandate of " + issuer + ": " + basis;
    }
  }
}
