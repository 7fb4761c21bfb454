/// Tests of the tree over the audit entries.
@NullMarked
package leadglass.store.trail;

import org.jspecify.annotations.NullMarked;
