/// Sealed documents that are truth: people, devices, tokens, site policy.
@NullMarked
package leadglass.store.registry;

import org.jspecify.annotations.NullMarked;
