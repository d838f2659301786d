import { agents } from "../agents.ts";
import { madeUpVendorAccount } from "../accounts.ts";
import { iamUser, userArn, type Caller } from "../callers.ts";
import { scannerMix } from "../mixes.ts";
import { findOperation } from "../operations/catalog.ts";
import { assumeRole } from "../operations/sts.ts";
import { callOf, happen, perform } from "../perform.ts";
import { makeAccessKey, type Place } from "../places.ts";
import { denyAccess } from "../refusals.ts";
import { formatInstant, type Happening } from "../record.ts";
import { hour, minute, type Actor, type Shift } from "./actor.ts";
import { startRoleSession } from "./sessions.ts";

const roleName = "ExampleGuardReadOnly";

/** A vendor's scanner that comes every six hours, a machine with a long-lived key, and calls a VPC endpoint refuses. */
export const scanners: Actor = { name: "scanners", share: 0.08, weekend: 1, work: workAsScanners };

function* workAsScanners(shift: Shift): Generator<Happening> {
  const { company, budget } = shift;
  const rounds = company.accounts.flatMap((account) =>
    [1, 7, 13, 19].map((startsAt) => ({ accountId: account.id, startsAt })),
  );
  for (const { accountId, startsAt } of rounds) {
    yield* scan(
      shift,
      company.placeIn(accountId, company.homeRegion),
      shift.dayStart + startsAt * hour,
      (budget * 0.8) / rounds.length,
    );
  }
  yield* backUp(shift, budget * 0.15);
  for (let count = Math.ceil(budget * 0.02); count > 0; count -= 1) yield refuseAtEndpoint(shift);
}

function* scan({ company, random }: Shift, place: Place, from: number, count: number): Generator<Happening> {
  const { accountId } = place;
  let at = from + random.int(20 * minute);
  const accessKey = makeAccessKey(random, "ASIA");
  const sessionName = `scan-${random.hex(8)}`;
  const vendor: Caller = {
    identity: {
      type: "AWSAccount",
      principalId: `AROAVENDOR222EXAMPLEX:scanner`,
      accountId: madeUpVendorAccount,
    },
    arn: `arn:aws:sts::${madeUpVendorAccount}:assumed-role/scanner/scanner`,
    sourceIp: "192.0.2.200",
    userAgent: agents.goSdk,
    tls: "TLSv1.3",
  };
  const performance = {
    random,
    place,
    at,
    caller: vendor,
    operation: findOperation("sts:AssumeRole"),
  };
  const { roleId } = company.idsOf(accountId, roleName);
  const session = { accountId, roleName, roleId, sessionName, accessKey };
  const body = assumeRole(callOf(performance), session, 3600, { externalId: "example-guard-7f3a" });
  yield { at, record: perform({ ...performance, body, sharedEventId: random.uuid() }) };

  const network = { sourceIp: "192.0.2.200", userAgent: agents.goSdk, tls: "TLSv1.3" } as const;
  const caller = startRoleSession(
    company,
    random,
    { accountId, roleName, sessionName, startedAt: at },
    network,
    accessKey,
  );
  for (let made = 0; made < count; made += 1) {
    at += 50 + random.int(3000);
    const operation = random.pick(scannerMix);
    const refusal = random.chance(0.04) ? { refusal: denyAccess(operation, caller.arn, accountId) } : {};
    yield happen({ random, place, at, caller, operation, ...refusal });
  }
}

/** The IAM user whose key leaks in one of the stories does its backups every night from one address. */
export function backupCaller(company: Shift["company"]): Caller {
  const accountId = company.accountFor("shop");
  const { userId, accessKey } = company.idsOf(accountId, "legacy-backup");
  return {
    identity: iamUser({ accountId, userName: "legacy-backup", userId, accessKey }),
    arn: userArn(accountId, "legacy-backup"),
    sourceIp: "198.51.100.7",
    userAgent: agents.boto,
    tls: "TLSv1.2",
  };
}

function* backUp({ company, random, dayStart }: Shift, count: number): Generator<Happening> {
  const caller = backupCaller(company);
  const place = company.placeIn(company.accountFor("shop"), company.homeRegion);
  let at = dayStart + 2 * hour + random.int(5 * minute);
  for (let made = 0; made < count; made += 1) {
    const operation = findOperation(
      random.pick(["s3:PutObject", "s3:PutObject", "s3:ListObjects", "rds:DescribeDBSnapshots"]),
    );
    yield happen({ random, place, at, caller, operation });
    at += 500 + random.int(20_000);
  }
}

/** Network activity: a VPC endpoint's policy refuses the call, and the endpoint's owner gets the record. */
function refuseAtEndpoint({ company, random, dayStart }: Shift): Happening {
  const accountId = company.accountFor("data");
  const place = company.placeIn(accountId, company.homeRegion);
  const at = dayStart + random.int(24 * 60) * minute;
  const sessionName = random.pick(place.functions);
  const role = {
    accountId,
    roleName: place.roles[1] ?? "service-role",
    sessionName,
    startedAt: at - hour,
  };
  const caller = startRoleSession(company, random, role, {
    sourceIp: `10.20.3.${random.int(250)}`,
    userAgent: agents.boto,
    tls: "none",
  });
  const operation = findOperation(random.pick(["kms:Decrypt", "s3:PutObject", "secretsmanager:GetSecretValue"]));
  return {
    at,
    record: {
      eventVersion: "1.09",
      userIdentity: caller.identity,
      eventTime: formatInstant(at),
      eventSource: operation.source,
      eventName: operation.name,
      awsRegion: place.region,
      sourceIPAddress: caller.sourceIp,
      errorCode: "VpceAccessDenied",
      errorMessage: "The request was denied due to a VPC endpoint policy",
      requestID: random.uuid(),
      eventID: random.uuid(),
      eventType: "AwsVpceEvents",
      recipientAccountId: accountId,
      sharedEventID: random.uuid(),
      vpcEndpointId: place.vpcEndpoints[0],
      vpcEndpointAccountId: accountId,
      eventCategory: "NetworkActivity",
    },
  };
}
