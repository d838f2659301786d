import { type LastingState } from "../../base/lasting.ts";
import { type Accounts } from "../world.ts";
import { type Account } from "./things.ts";

/** The accounts of the made-up AWS; the world's `accounts`. */
export interface AccountBook extends Accounts {
  get(accountId: string): Account | undefined;
  /** Makes an account, or leaves it as it is when it is there. */
  create(accountId: string, details: { readonly name: string; readonly email?: string }): Account;
  put(account: Account): void;
}

/** Opens the accounts that last. */
export function openAccounts(state: LastingState, now: () => number): AccountBook {
  const accounts = state.collection<Account>("accounts");
  return {
    has: (accountId) => accounts.has(accountId),
    all: () => [...accounts.values()].map(({ id }) => id),
    get: (accountId) => accounts.get(accountId),
    create(accountId, { name, email }) {
      if (!/^\d{12}$/.test(accountId)) throw new RangeError("An account's number has twelve digits");
      const known = accounts.get(accountId);
      if (known !== undefined) return known;
      const account = { id: accountId, name, email: email ?? `aws+${accountId}@example.com`, createdAt: now() };
      accounts.put(accountId, account);
      return account;
    },
    put: (account) => accounts.put(account.id, account),
  };
}
