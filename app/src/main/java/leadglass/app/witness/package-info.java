/// Has the checkpoints of the audit trail witnessed by another archive.
@NullMarked
package leadglass.app.witness;

import org.jspecify.annotations.NullMarked;
