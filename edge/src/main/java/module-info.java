/// The exposure check: what can a stranger see on hosts that one answers for? Counts, never
/// patients. Needs no archive, no key and no account.
module leadglass.survey {
  requires static transitive org.jspecify;
  requires leadglass.dicom;
  requires java.naming;
  requires leadglass.net;
  requires transitive tools.jackson.databind;

  exports leadglass.survey;
  exports leadglass.survey.list;
  exports leadglass.survey.scope;
  exports leadglass.survey.sign;
  exports leadglass.survey.wire;
}
