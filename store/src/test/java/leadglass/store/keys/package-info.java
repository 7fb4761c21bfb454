@org.jspecify.annotations.NullMarked
package leadglass.store.keys;
