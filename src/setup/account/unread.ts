import { capital } from "../capital.ts";
import { AwsCallError } from "../../aws/index.ts";
import type { AccountView } from "./account.ts";

export type Unread = AccountView["unread"][number];

/** Collects what could not be looked at while an account is read: none of it is taken for not being there. */
export class UnreadList {
  readonly #found: Unread[] = [];

  get found(): readonly Unread[] {
    return this.#found.toSorted((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
  }

  add(unread: Unread): void {
    this.#found.push(unread);
  }

  /** What the call answers; nothing where it is refused, which is then written down here. */
  async unless<Answer>(what: string, call: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await call;
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      this.add({ what, code, sentence: `${capital(what)} cannot be read: ${(error as Error).message}` });
      return undefined;
    }
  }
}

/** What AWS refuses has a code, and so has a region that the network does not reach; anything else is ours. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AwsCallError) return error.code;
  if (!(error instanceof Error)) return undefined;
  if (error.name === "TimeoutError") return error.name;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" && /^E[A-Z_]+$/.test(code) ? code : undefined;
}
