/// AES-256-GCM, key wrapping and keyed hashes. Knows nothing of files.
@NullMarked
package leadglass.store.seal;

import org.jspecify.annotations.NullMarked;
