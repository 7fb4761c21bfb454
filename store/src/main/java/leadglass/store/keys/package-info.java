/// The master key and the tree of keys under it: object, study, patient, site, master.
@NullMarked
package leadglass.store.keys;

import org.jspecify.annotations.NullMarked;
