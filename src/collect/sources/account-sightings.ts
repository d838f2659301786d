import type { SourceContext } from "./source.ts";

/** Keeps the list of accounts that log files came from. */
export class AccountSightings {
  readonly #context: Pick<SourceContext, "accounts" | "clock" | "name">;
  #seen: Set<string> | undefined;

  constructor(context: Pick<SourceContext, "accounts" | "clock" | "name">) {
    this.#context = context;
  }

  /** What Organizations told of an account stays as it is. */
  async see(id: string): Promise<void> {
    if (id === "" || this.#seen?.has(id) === true) return;
    const { accounts, clock, name: source } = this.#context;
    this.#seen ??= new Set((await accounts.list()).map((account) => account.id));
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const at = clock.now();
    const unknown = { name: "", email: "", status: "UNKNOWN", organizationId: undefined };
    await accounts.keep([{ id, ...unknown, source, firstSeenAt: at, seenAt: at }]);
  }
}
