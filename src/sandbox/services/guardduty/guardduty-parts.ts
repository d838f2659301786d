import { type Organization } from "../../../recorder/index.ts";
import { type Findings } from "./findings.ts";
import { type GuardDutyStore } from "./guardduty-store.ts";

/** What GuardDuty's operations work with. */
export interface GuardDutyParts {
  readonly store: GuardDutyStore;
  readonly findings: Findings;
  readonly organizations: Organizations;
}

/** Who belongs to which organization. */
export interface Organizations {
  organizationOf(accountId: string): Promise<Organization | undefined>;
}
