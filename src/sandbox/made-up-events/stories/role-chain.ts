import { startPersonSession, startRoleSession } from "../actors/sessions.ts";
import { cliAgent } from "../agents.ts";
import { sessionArn, type Caller } from "../callers.ts";
import type { Company } from "../company.ts";
import { findOperation } from "../operations/catalog.ts";
import { assumeRole } from "../operations/sts.ts";
import { callOf, happen, perform } from "../perform.ts";
import { makeAccessKey } from "../places.ts";
import type { Random } from "../random.ts";
import type { Happening } from "../record.ts";
import type { Story, Telling } from "./story.ts";

/** Three accounts, two hops, one secret. */
export const roleChainStory: Story = {
  id: "role-chain",
  title: "A chain of roles across three accounts ends at a secret",
  summary:
    "farid@example.com goes from Example Shop by the role analytics-bridge into Example Data, from there by break-glass into Example Security, and reads a secret; each hop is recorded in both accounts under one sharedEventID",
  query: "eventName:AssumeRole requestParameters.roleArn:*role/break-glass",
  found: 2,
  hoursBefore: 33,
  tell: tellOfRoleChain,
};

function* tellOfRoleChain({ company, random, from }: Telling): Generator<Happening> {
  const [shop, data, security] = [
    company.accountFor("shop"),
    company.accountFor("data"),
    company.accountFor("security"),
  ];
  const farid =
    company.people.find(({ job, email }) => job === "developer" && email.startsWith("farid")) ?? company.people[0];
  if (farid === undefined) return;
  const start = startPersonSession(company, random, farid, shop, from - 900_000, true);
  const first: Hop = {
    company,
    random,
    at: from,
    from: { accountId: shop, roleId: start.roleId, sessionName: farid.email, caller: start.caller },
    to: data,
    roleName: "analytics-bridge",
    sessionName: "farid-query",
  };
  const bridge = hop(first);
  yield* bridge.happenings;
  const second: Hop = {
    company,
    random,
    at: from + 47_000,
    from: bridge.session,
    to: security,
    roleName: "break-glass",
    sessionName: "audit",
  };
  const glass = hop(second);
  yield* glass.happenings;

  const place = company.placeIn(security, company.homeRegion);
  const secretArn = `arn:aws:secretsmanager:${place.region}:${security}:secret:${place.secrets[0] ?? "prod"}`;
  const at = from + 80_000;
  const { caller } = glass.session;
  yield happen({
    random,
    place,
    at,
    caller,
    operation: findOperation("secretsmanager:ListSecrets"),
  });
  yield happen({
    random,
    place,
    at: at + 6000,
    caller,
    operation: findOperation("secretsmanager:GetSecretValue"),
    body: { request: { secretId: secretArn } },
  });
}

interface Standing {
  readonly accountId: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly caller: Caller;
}

interface Hop {
  readonly company: Company;
  readonly random: Random;
  readonly at: number;
  readonly from: Standing;
  readonly to: string;
  readonly roleName: string;
  readonly sessionName: string;
}

/** One AssumeRole into another account: the caller's account sees who it was, the role's account only the foreign id. */
function hop({ company, random, at, from, to, roleName, sessionName }: Hop): {
  readonly happenings: readonly Happening[];
  readonly session: Standing;
} {
  const here = company.placeIn(from.accountId, company.homeRegion);
  const operation = findOperation("sts:AssumeRole");
  const { roleId } = company.idsOf(to, roleName);
  const accessKey = makeAccessKey(random, "ASIA");
  const sharedEventId = random.uuid();
  const outgoing = { random, place: here, at, caller: from.caller, operation, sharedEventId };
  const body = assumeRole(callOf(outgoing), { accountId: to, roleName, roleId, sessionName, accessKey }, 3600);
  const foreign: Caller = {
    ...from.caller,
    identity: {
      type: "AWSAccount",
      principalId: `${from.roleId}:${from.sessionName}`,
      accountId: from.accountId,
    },
  };
  const sent = perform({ ...outgoing, body });
  const received = perform({ ...outgoing, body, caller: foreign, recipientAccountId: to });
  const network = {
    sourceIp: from.caller.sourceIp,
    userAgent: cliAgent("mac"),
    tls: "TLSv1.3",
  } as const;
  const caller = startRoleSession(
    company,
    random,
    { accountId: to, roleName, sessionName, startedAt: at },
    network,
    accessKey,
  );
  return {
    happenings: [
      { at, record: sent },
      { at, record: { ...received, requestID: sent.requestID } },
    ],
    session: {
      accountId: to,
      roleId,
      sessionName,
      caller: { ...caller, arn: sessionArn(to, roleName, sessionName) },
    },
  };
}
