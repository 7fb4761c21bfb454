@NullMarked
package leadglass.app.s3;

import org.jspecify.annotations.NullMarked;
