import { type Collection } from "../../../base/lasting.ts";
import { type Iam } from "./iam.ts";
import { type PasswordPolicy } from "./passwords.ts";

/** What IAM keeps of an account beyond its entities. */
export interface AccountSettings {
  readonly passwordPolicy?: PasswordPolicy | undefined;
  readonly report?: { readonly at: number; readonly content: string } | undefined;
}

/** Settings by account. */
export function accountSettings({ world }: Iam): Collection<AccountSettings> {
  return world.state.collection<AccountSettings>("iam/account-settings");
}
