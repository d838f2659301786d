import { type InputOf, type OperationName } from "../../../src/aws/index.ts";
import { madeUpAccounts } from "../../../src/sandbox/index.ts";
import { type TestSandbox } from "../../../src/sandbox/sandbox.fixture.ts";
import { type Surroundings } from "../trail-surroundings.fixture.ts";

/** Accounts that cases make organizations of; those of the surroundings are in none. */
export const accounts = {
  alone: "200000000000",
  billing: "200000000001",
  untrusting: "200000000002",
  management: "200000000003",
  members: ["200000000004", "200000000005", "200000000006", "200000000007"],
} as const;

export const sandboxAccounts = [
  ...madeUpAccounts,
  ...[accounts.alone, accounts.billing, accounts.untrusting, accounts.management, ...accounts.members].map((id) => ({
    id,
    name: `Account ${id}`,
  })),
];

/** Whom a case asks, and what it finds there. */
export interface Asked extends Surroundings {
  /** CloudTrail, as the administrator of an account. */
  readonly ask: <Operation extends OperationName<"cloudtrail">>(
    operation: Operation,
    input: InputOf<"cloudtrail", Operation>,
    as?: { readonly accountId?: string; readonly region?: string },
  ) => Promise<unknown>;
  /** A store for applications' events, and the channel into it, by their ARNs. */
  readonly store: string;
  readonly channel: string;
}

/** One of CloudTrail's errors, and a call that meets it. */
export interface ExceptionCase {
  readonly when: string;
  /** The page that says so. */
  readonly source: string;
  readonly call: (asked: Asked) => Promise<unknown>;
}

/** Three organizations: one for bills alone, one that does not trust CloudTrail, one as it should be. */
export async function organize(open: TestSandbox): Promise<void> {
  const of = (accountId: string) => open.client("organizations", { accountId });
  await (await of(accounts.billing)).call("CreateOrganization", { FeatureSet: "CONSOLIDATED_BILLING" });
  await (await of(accounts.untrusting)).call("CreateOrganization", { FeatureSet: "ALL" });
  const management = await of(accounts.management);
  await management.call("CreateOrganization", { FeatureSet: "ALL" });
  for (const member of accounts.members) {
    const Target = { Id: member, Type: "ACCOUNT" as const };
    const { Handshake } = await management.call("InviteAccountToOrganization", { Target });
    await (await of(member)).call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  }
  await management.call("EnableAWSServiceAccess", { ServicePrincipal: "cloudtrail.amazonaws.com" });
}
