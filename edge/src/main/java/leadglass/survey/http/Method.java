package leadglass.survey.http;

/// What may be asked by: there is no other, so nothing on a server can be changed.
public enum Method {
  GET,
  HEAD,
  OPTIONS
}
