import { z } from "zod";
import { accountId } from "../access/access-settings.ts";

/** Which accounts of a bucket or queue are read. */
export const selectionShape = {
  onlyAccounts: z.array(accountId).optional().describe("Read these accounts only"),
  exceptAccounts: z.array(accountId).optional().describe("Leave these accounts out"),
};

export interface AccountSelection {
  readonly onlyAccounts?: readonly string[] | undefined;
  readonly exceptAccounts?: readonly string[] | undefined;
}

/** Why an account is left out; nothing when it is read. */
export function whyNot({ onlyAccounts, exceptAccounts }: AccountSelection): (id: string) => string | undefined {
  const [only, except] = [new Set(onlyAccounts), new Set(exceptAccounts)];
  return (id) => {
    if (except.has(id)) return `Account ${id} is left out of this source`;
    return only.size > 0 && !only.has(id) ? `Account ${id} is not among those that this source reads` : undefined;
  };
}
