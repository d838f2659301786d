import type { Incident, IncidentDetails, TimelineEntry } from "../../console/src/incidents-api.ts";

const minute = 60_000;

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * minute).toISOString();
}

/** Text that an attacker wrote into a log. */
export const attack = '</script><img src=x onerror="window.owned=1">\u202Egnp.exe';

const account = "111122223333";
const address = "198.51.100.23";

type Call = readonly [
  minutes: number,
  service: string,
  name: string,
  rules: readonly string[],
  resource: string,
  error?: string,
];

const calls: readonly Call[] = [
  [47, "sts", "GetCallerIdentity", ["A key asks who it is"], ""],
  [46, "iam", "ListUsers", ["Somebody looks around in IAM"], ""],
  [46, "iam", "ListAccessKeys", ["Somebody looks around in IAM"], "arn:aws:iam::111122223333:user/deploy"],
  [
    45,
    "iam",
    "AttachUserPolicy",
    ["A user is made an administrator"],
    "arn:aws:iam::111122223333:user/deploy",
    "AccessDenied",
  ],
  [44, "iam", "CreateAccessKey", ["An access key is made for another user"], "arn:aws:iam::111122223333:user/backup"],
  [
    41,
    "cloudtrail",
    "StopLogging",
    ["CloudTrail is stopped"],
    "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main",
  ],
  [
    38,
    "s3",
    "GetObject",
    ["Many objects are read by a new actor"],
    "arn:aws:s3:::customer-exports/2026/11/20/all-customers.parquet",
  ],
  [
    38,
    "s3",
    "GetObject",
    ["Many objects are read by a new actor"],
    "arn:aws:s3:::customer-exports/2026/11/19/all-customers.parquet",
  ],
];

const verdicts = ["proven", "proven", "waiting", "proven", null, "broken"] as const;

const timeline: readonly TimelineEntry[] = calls.map(
  ([minutes, service, eventName, rules, resource, error], index) => ({
    event: `${account}/00000000-0000-4000-8000-00000000000${String(index)}`,
    eventId: `00000000-0000-4000-8000-00000000000${String(index)}`,
    accountId: account,
    time: minutesAgo(minutes),
    eventName,
    eventSource: `${service}.amazonaws.com`,
    region: "eu-central-1",
    actorName: "deploy",
    sourceIp: address,
    errorCode: error ?? "",
    resources: resource === "" ? [] : [resource],
    rules,
    logFile: `log-${String(index)}`,
    verdict: verdicts[index % verdicts.length] ?? null,
  }),
);

function incident(number: number, more: Partial<Incident>): Incident {
  return {
    id: `id-${String(number)}`,
    name: `INC-${String(number)}`,
    title: "Somebody looks around in IAM",
    state: "new",
    closedAs: null,
    severity: "medium",
    owner: "",
    accountIds: [account],
    regions: ["eu-central-1"],
    firstAt: minutesAgo(60 * number),
    lastAt: minutesAgo(60 * number - 20),
    openedAt: minutesAgo(60 * number),
    changedAt: minutesAgo(60 * number - 20),
    findings: 2,
    events: 9,
    tactics: ["discovery"],
    techniques: ["T1087.004"],
    entities: [{ kind: "root-actor", value: `arn:aws:iam::${account}:user/carol`, label: "carol", events: 9 }],
    summary: "carol looked around in IAM from 203.0.113.9.",
    silentUntil: null,
    mergedInto: null,
    ...more,
  };
}

const grave = incident(12, {
  title: "CloudTrail is stopped, and customers’ files are read",
  severity: "critical",
  firstAt: minutesAgo(47),
  lastAt: minutesAgo(38),
  openedAt: minutesAgo(46),
  changedAt: minutesAgo(2),
  findings: 4,
  events: calls.length,
  tactics: ["persistence", "privilege-escalation", "defense-evasion", "discovery", "exfiltration"],
  techniques: ["T1098.001", "T1562.008", "T1087.004", "T1530"],
  entities: [
    { kind: "root-actor", value: `arn:aws:iam::${account}:user/deploy`, label: "deploy", events: 8 },
    { kind: "access-key", value: "AKIAIOSFODNN7EXAMPLE", label: "AKIAIOSFODNN7EXAMPLE", events: 8 },
    { kind: "address", value: address, label: `${address} (NL, Example Hosting)`, events: 8 },
    { kind: "resource", value: "arn:aws:s3:::customer-exports", label: "customer-exports", events: 2 },
    { kind: "resource", value: "arn:aws:iam::111122223333:user/backup", label: "user/backup", events: 1 },
    { kind: "account", value: account, label: account, events: 8 },
    { kind: "user-agent", value: "aws-cli/2.15.0 Python/3.11", label: "aws-cli/2.15.0", events: 8 },
  ],
  summary:
    "deploy, with a key that was never used from there before, looked around in IAM from 198.51.100.23, made an access key for backup, stopped the trail main, and then read 2 objects of customer-exports.",
});

export const madeIncidents: readonly Incident[] = [
  grave,
  incident(11, {
    severity: "high",
    title: "Root signs in without MFA",
    state: "triaged",
    owner: "ann",
    silentUntil: minutesAgo(-300),
  }),
  incident(10, {
    title: attack,
    entities: [{ kind: "root-actor", value: attack, label: attack, events: 1 }],
    summary: attack,
    owner: attack,
  }),
  incident(9, {
    severity: "low",
    state: "contained",
    accountIds: [account, "444455556666", "777788889999"],
    regions: ["eu-central-1", "us-east-1", "eu-west-1"],
  }),
  incident(8, { state: "closed", closedAs: "false-positive", owner: "ann" }),
];

/** Everything that is told of an incident. */
export function detailsOf(told: Incident, history: IncidentDetails["history"]): IncidentDetails {
  const isHostile = told.title === attack;
  const entries = told.id === grave.id ? timeline : timeline.slice(0, 2);
  return {
    ...told,
    parts: [
      part("one", "trail-stopped", "CloudTrail is stopped", "critical", 5, [
        "attack.defense-evasion",
        "attack.t1562.008",
      ]),
      part("two", "key-for-another", isHostile ? attack : "An access key is made for another user", "medium", 4, [
        "attack.persistence",
        "attack.privilege-escalation",
        "attack.t1098.001",
      ]),
    ],
    timeline: isHostile
      ? entries.map((entry) => ({
          ...entry,
          eventName: attack,
          actorName: attack,
          sourceIp: attack,
          errorCode: attack,
          resources: [attack],
          rules: [attack],
        }))
      : [...entries],
    history,
    questions: [
      {
        question: "What else did deploy do that day?",
        query: "user:deploy -readOnly:true",
        from: minutesAgo(1440),
        to: minutesAgo(0),
      },
      {
        question: isHostile ? attack : "Who else came from 198.51.100.23?",
        query: "ip:198.51.100.23",
        from: minutesAgo(9000),
        to: minutesAgo(0),
      },
    ],
    actors: [
      {
        key: `arn:aws:iam::${account}:user/deploy`,
        name: isHostile ? attack : "deploy",
        lineage: ["The key AKIAIOSFODNN7EXAMPLE", "of the IAM user deploy, which admin made on 3 March"],
        firstSeen: minutesAgo(60 * 24 * 200),
        events30d: 18_402,
        usualAddresses: [{ value: "203.0.113.10", count: 18_100 }],
        usualCalls: [
          { value: "PutObject", count: 17_002 },
          { value: isHostile ? attack : "GetCallerIdentity", count: 1_100 },
        ],
        otherIncidents: [told.id, "INC-8"],
      },
    ],
  };

  function part(
    id: string,
    rule: string,
    title: string,
    level: Incident["severity"],
    at: number,
    tags: readonly string[],
  ) {
    const event = timeline[at] ?? timeline[0];
    const time = event?.time ?? minutesAgo(40);
    const events = event === undefined ? [] : [event.event];
    return { id, rule, title, level, from: time, to: time, hits: 1, tags, actorName: "deploy", events };
  }
}
