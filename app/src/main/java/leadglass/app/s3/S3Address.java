package leadglass.app.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;

/// `s3://BUCKET[/PREFIX]`. Which server that bucket is on stands in the configuration alone.
///
/// @param prefix of every key; empty, or ending in `/`
record S3Address(String bucket, String prefix) {
  static final String SCHEME = "s3://";
  private static final Pattern FORM =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");
  private static final int PREFIX_CHARS_MAX = 512;

  static S3Address parse(String text) throws BackupRefusedException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(1).contains("..")) {
      throw wrong();
    }
    String path = matcher.group(2) == null ? "" : matcher.group(2);
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean fits = BackupPlace.NAME.matcher(plain).matches() && plain.length() <= PREFIX_CHARS_MAX;
    if (!plain.isEmpty() && !fits) {
      throw wrong();
    }
    return new S3Address(matcher.group(1), plain.isEmpty() ? "" : plain + "/");
  }

  private static BackupRefusedException wrong() {
    return new BackupRefusedException(
        "a bucket is named s3://BUCKET or s3://BUCKET/PREFIX, the prefix of letters, digits,"
            + " dots, hyphens and slashes");
  }

  String text() {
    return SCHEME
        + bucket
        + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
  }
}
