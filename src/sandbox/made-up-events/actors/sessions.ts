import { cliAgent } from "../agents.ts";
import { assumedRole, sessionArn, type Caller } from "../callers.ts";
import type { Company, Person } from "../company.ts";
import { makeAccessKey } from "../places.ts";
import type { Random } from "../random.ts";

const permissionSets: Readonly<Record<Person["job"], string>> = {
  admin: "AdministratorAccess",
  developer: "DeveloperAccess",
  analyst: "DataReadAccess",
  security: "SecurityAudit",
};

export interface PersonSession {
  readonly caller: Caller;
  readonly roleName: string;
  readonly roleId: string;
  readonly rolePath: string;
  readonly accessKey: string;
}

/** A person's Identity Center session in an account, by browser or by command line. */
export function startPersonSession(
  company: Company,
  random: Random,
  person: Person,
  accountId: string,
  startedAt: number,
  byCli: boolean,
): PersonSession {
  const permissionSet = permissionSets[person.job];
  const ids = company.idsOf(accountId, permissionSet);
  const roleName = `AWSReservedSSO_${permissionSet}_${ids.suffix}`;
  const rolePath = `/aws-reserved/sso.amazonaws.com/${company.homeRegion}/`;
  const accessKey = makeAccessKey(random, "ASIA");
  const { roleId } = ids;
  const identity = assumedRole({
    accountId,
    roleName,
    rolePath,
    roleId,
    sessionName: person.email,
    accessKey,
    startedAt,
  });
  const caller: Caller = {
    identity,
    arn: sessionArn(accountId, roleName, person.email),
    sourceIp: person.address,
    userAgent: byCli ? cliAgent("mac") : person.browser,
    tls: "TLSv1.3",
    fromConsole: !byCli,
  };
  return { caller, roleName, roleId, rolePath, accessKey };
}

export interface ServiceRole {
  readonly accountId: string;
  readonly roleName: string;
  readonly rolePath?: string;
  readonly sessionName: string;
  readonly startedAt: number;
  readonly invokedBy?: string;
  readonly onInstance?: boolean;
  readonly federatedProvider?: string;
}

/** The identity of a role session of a program; `network` says from where it calls. */
export function startRoleSession(
  company: Company,
  random: Random,
  role: ServiceRole,
  network: Pick<Caller, "sourceIp" | "userAgent" | "tls" | "vpcEndpointId">,
  accessKey = makeAccessKey(random, "ASIA"),
): Caller {
  const { roleId } = company.idsOf(role.accountId, role.roleName);
  // Sessions that a service holds for itself are recorded without a key.
  const identity = assumedRole(role.invokedBy === undefined ? { ...role, roleId, accessKey } : { ...role, roleId });
  return { identity, arn: sessionArn(role.accountId, role.roleName, role.sessionName), ...network };
}
