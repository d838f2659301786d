/** An account of the made-up company. */
export interface MadeUpAccount {
  readonly id: string;
  readonly name: string;
  readonly purpose: "shop" | "staging" | "data" | "security";
}

/**
 * The accounts of Example Shop, a company that does not exist. The numbers are those which AWS's own documentation
 * uses as examples; whoever sees one of them sees a made-up event.
 */
export const madeUpAccounts: readonly MadeUpAccount[] = [
  { id: "111122223333", name: "Example Shop", purpose: "shop" },
  { id: "444455556666", name: "Example Staging", purpose: "staging" },
  { id: "777788889999", name: "Example Data", purpose: "data" },
  { id: "123456789012", name: "Example Security", purpose: "security" },
];

/** The account of the made-up vendor that scans Example Shop from outside. */
export const madeUpVendorAccount = "999999999999";

/** The regions Example Shop works in. */
export const madeUpRegions: readonly string[] = ["eu-central-1", "us-east-1", "eu-west-1"];

/** Says whether an account number belongs to the made-up company. */
export function isMadeUpAccount(accountId: string): boolean {
  return madeUpAccounts.some((account) => account.id === accountId);
}
