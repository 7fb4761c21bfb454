package leadglass.store.pack;

/// What the log tells the indexes, in its order.
public sealed interface Logged permits Records.Kept, Records.Dead, LifeEvent {}
