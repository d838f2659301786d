import {
  agents,
  assumedRole,
  cliAgent,
  iamUser,
  makeAccessKey,
  makePrincipalId,
  personMix,
  pipelineMix,
  scannerMix,
  sessionArn,
  userArn,
  weighted,
  workloadMix,
  type Caller,
  type Mix,
  type Place,
  type Random,
} from "../../src/sandbox/index.ts";

/** Somebody who calls: a role or an IAM user, about 1,100 in all. */
export interface Principal {
  readonly name: string;
  readonly mix: Mix;
  readonly failureRate: number;
  /** Starts a session; a long-lived key's session lasts for ever. */
  readonly startSession: (random: Random, place: Place, at: number) => Session;
}

export interface Session {
  readonly caller: Caller;
  readonly endsAt: number;
}

const parts = [
  "orders",
  "catalog",
  "billing",
  "search",
  "checkout",
  "media",
  "reports",
  "sessions",
  "exports",
  "mail",
  "ledger",
  "fraud",
];
const kinds = ["worker", "api", "cron", "stream"];
const services = ["config", "access-analyzer", "trustedadvisor", "resource-explorer-2", "inspector2"];
const people = ["ana", "ben", "carla", "dmitri", "ella", "farid", "grace", "hugo", "ines", "jonas"];
const systems = [agents.javaSdk, agents.goSdk, agents.nodeSdk, agents.boto] as const;

/** The principals of one account, the busy ones many times over: draw with `random.pick`. */
export function makePrincipals(random: Random, accountId: string): readonly Principal[] {
  const all: readonly (readonly [weight: number, Principal])[] = [
    ...parts.flatMap((part) => kinds.map((kind) => [1, workload(random, accountId, `${part}-${kind}-role`)] as const)),
    ...people.map((person) => [1, consolePerson(random, accountId, person)] as const),
    ...Array.from(
      { length: 24 },
      (_, index) => [1.5, keyHolder(random, accountId, `machine-user-${index + 1}`)] as const,
    ),
    ...parts.slice(0, 5).map((part) => [1, pipeline(random, accountId, `${part}-deploy`)] as const),
    ...services.map((service) => [6, scanner(random, accountId, service)] as const),
  ];
  const shuffled = all.map((one) => ({ one, order: random.fraction() })).sort((a, b) => a.order - b.order);
  const ranked = shuffled.map(({ one: [weight, principal] }, rank) => [weight / (rank + 8), principal] as const);
  return weighted(ranked, 4096);
}

function workload(random: Random, accountId: string, roleName: string): Principal {
  const roleId = makePrincipalId(random, "AROA");
  const userAgent = random.pick(systems);
  const isPrivate = random.chance(0.4);
  return {
    name: roleName,
    mix: workloadMix,
    failureRate: random.chance(0.1) ? 0.12 : 0.01,
    startSession: (draw, place, at) => {
      const sessionName = draw.chance(0.5) ? draw.pick(place.instances) : draw.pick(place.functions);
      const accessKey = makeAccessKey(draw, "ASIA");
      const identity = assumedRole({
        accountId,
        roleName,
        roleId,
        sessionName,
        accessKey,
        startedAt: at,
        onInstance: sessionName.startsWith("i-"),
      });
      const network = isPrivate
        ? {
            sourceIp: `10.${draw.int(4) + 20}.${draw.int(256)}.${draw.int(256)}`,
            vpcEndpointId: draw.pick(place.vpcEndpoints),
          }
        : { sourceIp: publicAddress(draw) };
      return {
        caller: {
          identity,
          arn: sessionArn(accountId, roleName, sessionName),
          userAgent,
          tls: "TLSv1.3",
          ...network,
        },
        endsAt: at + 6 * 3_600_000,
      };
    },
  };
}

function consolePerson(random: Random, accountId: string, person: string): Principal {
  const roleName = `AWSReservedSSO_${person.length % 2 ? "PowerUserAccess" : "ReadOnlyAccess"}_${random.hex(16)}`;
  const roleId = makePrincipalId(random, "AROA");
  const addresses = [publicAddress(random), publicAddress(random)];
  const browser = random.pick(agents.browsers);
  return {
    name: roleName,
    mix: personMix,
    failureRate: 0.05,
    startSession: (draw, _place, at) => {
      const sessionName = `${person}@example.com`;
      const rolePath = `/aws-reserved/sso.amazonaws.com/eu-central-1/`;
      const identity = assumedRole({
        accountId,
        roleName,
        rolePath,
        roleId,
        sessionName,
        accessKey: makeAccessKey(draw, "ASIA"),
        startedAt: at,
      });
      const byCli = draw.chance(0.3);
      const caller: Caller = {
        identity,
        arn: sessionArn(accountId, roleName, sessionName),
        sourceIp: draw.pick(addresses),
        userAgent: byCli ? cliAgent("mac") : browser,
        tls: "TLSv1.3",
        fromConsole: !byCli,
      };
      return { caller, endsAt: at + 3_600_000 };
    },
  };
}

function keyHolder(random: Random, accountId: string, userName: string): Principal {
  const identity = iamUser({
    accountId,
    userName,
    userId: makePrincipalId(random, "AIDA"),
    accessKey: makeAccessKey(random, "AKIA"),
  });
  const caller: Caller = {
    identity,
    arn: userArn(accountId, userName),
    sourceIp: publicAddress(random),
    userAgent: random.chance(0.5) ? cliAgent("linux") : agents.boto,
    tls: random.chance(0.8) ? "TLSv1.3" : "TLSv1.2",
  };
  return {
    name: userName,
    mix: workloadMix,
    failureRate: 0.02,
    startSession: () => ({ caller, endsAt: Number.POSITIVE_INFINITY }),
  };
}

function pipeline(random: Random, accountId: string, roleName: string): Principal {
  const roleId = makePrincipalId(random, "AROA");
  return {
    name: roleName,
    mix: pipelineMix,
    failureRate: 0.03,
    startSession: (draw, _place, at) => {
      const sessionName = `GitHubActions-${draw.int(9e9) + 1e9}`;
      const federatedProvider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
      const identity = assumedRole({
        accountId,
        roleName,
        roleId,
        sessionName,
        accessKey: makeAccessKey(draw, "ASIA"),
        startedAt: at,
        federatedProvider,
      });
      const userAgent = draw.chance(0.5) ? agents.terraform : cliAgent("github");
      return {
        caller: {
          identity,
          arn: sessionArn(accountId, roleName, sessionName),
          sourceIp: publicAddress(draw),
          userAgent,
          tls: "TLSv1.3",
        },
        endsAt: at + 1_800_000,
      };
    },
  };
}

function scanner(random: Random, accountId: string, service: string): Principal {
  const invokedBy = `${service}.amazonaws.com`;
  const roleName = `AWSServiceRoleFor${service
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")}`;
  const roleId = makePrincipalId(random, "AROA");
  return {
    name: roleName,
    mix: scannerMix,
    failureRate: 0.01,
    startSession: (draw, _place, at) => {
      const sessionName = `${roleName.slice(17)}-${draw.hex(12)}`;
      const rolePath = `/aws-service-role/${invokedBy}/`;
      const identity = assumedRole({
        accountId,
        roleName,
        rolePath,
        roleId,
        sessionName,
        startedAt: at,
        invokedBy,
      });
      return {
        caller: {
          identity,
          arn: sessionArn(accountId, roleName, sessionName),
          sourceIp: invokedBy,
          userAgent: invokedBy,
          tls: "none",
        },
        endsAt: at + 3_600_000,
      };
    },
  };
}

/** From 198.18.0.0/15, which RFC 2544 keeps for benchmarks. */
function publicAddress(random: Random): string {
  return `198.${18 + random.int(2)}.${random.int(256)}.${random.int(256)}`;
}
