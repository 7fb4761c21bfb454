/// Where the master key lies: a file, under a passphrase, a token (PKCS#11) or a key service (KMS).
@NullMarked
package leadglass.app.key;

import org.jspecify.annotations.NullMarked;
