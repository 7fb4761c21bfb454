/// Tests of pages that need time to pass.
@NullMarked
package leadglass.archive;

import org.jspecify.annotations.NullMarked;
