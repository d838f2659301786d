import { defineService, type Service } from "../../service.ts";
import { type Inside, type World } from "../../world.ts";
import { destinationOperations } from "./destination-operations.ts";
import { detectorOperations } from "./detector-operations.ts";
import { filterOperations } from "./filter-operations.ts";
import { findingOperations } from "./finding-operations.ts";
import { type FindingBus, findingOutlet } from "./finding-outlet.ts";
import { Findings, type NewFinding } from "./findings.ts";
import { type GuardDutyParts, type Organizations } from "./guardduty-parts.ts";
import { openGuardDutyStore } from "./guardduty-store.ts";
import { invitationOperations } from "./invitation-operations.ts";
import { memberOperations } from "./member-operations.ts";
import { organizationOperations, welcome } from "./organization-operations.ts";

/** GuardDuty, and what stories and the organization ask of it beyond AWS's operations. */
export interface GuardDutyService extends Service<"guardduty">, AsyncDisposable {
  /** Makes GuardDuty see something; its id, or undefined where no detector is enabled. The same again counts it up. */
  addFinding(accountId: string, region: string, finding: NewFinding): Promise<string | undefined>;
  /** An account has joined an organization: it becomes a member where the administrator wants that. */
  accountJoined(organizationId: string, accountId: string): void;
}

/** Detectors, findings and members, as GuardDuty has them; it finds what it is told to find. */
export function guardDutyService(
  world: World,
  inside: Inside,
  bus: FindingBus,
  organizations: Organizations,
): GuardDutyService {
  const store = openGuardDutyStore(world);
  const findings = new Findings(store, findingOutlet(store, bus, inside));
  const parts: GuardDutyParts = { store, findings, organizations };
  return {
    ...defineService("guardduty", {
      ...detectorOperations(parts),
      ...findingOperations(parts),
      ...filterOperations(parts),
      ...memberOperations(parts),
      ...invitationOperations(parts),
      ...organizationOperations(parts),
      ...destinationOperations(parts),
    }),
    addFinding: (accountId, region, finding) => findings.add(accountId, region, finding),
    accountJoined: (organizationId, accountId) => welcome(parts, organizationId, accountId),
    [Symbol.asyncDispose]: () => findings[Symbol.asyncDispose](),
  };
}
