/** What a fault does to one thing on its way: it may let it pass late, changed, more than once, or never. */
export type Rule<Thing> = (thing: Thing, pass: (thing: Thing) => Promise<void>) => Promise<void>;

/** A place that things come through; faults stand in it, one behind the other, in the order they came. */
export class Gate<Thing> {
  readonly #rules = new Set<Rule<Thing>>();

  /** Puts a rule into the gate; what is returned takes it out. */
  add(rule: Rule<Thing>): () => void {
    this.#rules.add(rule);
    return () => void this.#rules.delete(rule);
  }

  /** Sends a thing through, to `last`. */
  async pass(thing: Thing, last: (thing: Thing) => Promise<void>): Promise<void> {
    const rules = [...this.#rules];
    const from =
      (index: number) =>
      async (passing: Thing): Promise<void> => {
        const rule = rules[index];
        await (rule === undefined ? last(passing) : rule(passing, from(index + 1)));
      };
    await from(0)(thing);
  }
}
