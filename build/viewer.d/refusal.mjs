/** Why there is no viewer, and what to do about it: one line each. */
export class Refusal extends Error {
  constructor(reason, hint) {
    super(reason);
    this.hint = hint;
  }
}
