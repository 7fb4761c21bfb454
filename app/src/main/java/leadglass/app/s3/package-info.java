/// Backups in a bucket. Nothing of the library that speaks S3 is seen outside of this package, and
/// none of its classes is loaded before a bucket is named.
@NullMarked
package leadglass.app.s3;

import org.jspecify.annotations.NullMarked;
