import type { Coverage, Finding, Rule, RuleDetails, RuleHead } from "../../console/src/detect-api.ts";
import { attack, minutesAgo } from "./made-incidents.fixture.ts";

function rule(key: string, title: string, more: Partial<Rule> = {}): Rule {
  return {
    key,
    title,
    origin: "trailwarden",
    path: `${(more.tactics ?? ["persistence"])[0] ?? ""}/${key}/rule.yml`,
    kind: "rule",
    level: "medium",
    status: "on",
    outcome: "incident",
    tags: [],
    tactics: ["persistence"],
    techniques: ["T1098.001"],
    canFire: { answer: "yes", reason: "The trail main records management events of every region" },
    hits: 0,
    findings: 0,
    lastAt: null,
    note: "",
    ...more,
  };
}

const noObjects = "It looks at S3 object events, and no trail that is collected selects those";

export const madeRules: readonly Rule[] = [
  rule("key-for-another", "An access key is made for another user", { hits: 12, findings: 3, lastAt: minutesAgo(44) }),
  rule("trail-stopped", "CloudTrail is stopped", {
    level: "critical",
    tactics: ["defense-evasion"],
    techniques: ["T1562.008"],
    hits: 1,
    findings: 1,
    lastAt: minutesAgo(41),
  }),
  rule("objects-read", "Many objects are read by a new actor", {
    kind: "correlation",
    level: "high",
    tactics: ["exfiltration", "collection"],
    techniques: ["T1530"],
    canFire: { answer: "no", reason: noObjects },
  }),
  rule("look-around", "Somebody looks around in IAM", {
    level: "low",
    outcome: "observation",
    tactics: ["discovery"],
    techniques: ["T1087.004"],
    hits: 1_402,
    findings: 77,
    lastAt: minutesAgo(46),
  }),
  rule("sigma-root", "Root activity", {
    origin: "sigma",
    status: "staged",
    level: "high",
    tactics: ["privilege-escalation", "initial-access"],
    techniques: ["T1078.004"],
    hits: 4,
    findings: 2,
    lastAt: minutesAgo(900),
  }),
  rule("sigma-odd", "Console logins by bots", { origin: "sigma", status: "refused", tactics: [], techniques: [] }),
  rule("off-one", "A password policy is weakened", { status: "off", note: "We have none", level: "low" }),
  rule("hostile", attack, {
    origin: attack,
    level: "informational",
    tactics: [attack],
    techniques: [attack],
    canFire: { answer: "partly", reason: attack },
    note: attack,
  }),
  rule("search-many-denied", "many-denied", {
    origin: "search",
    kind: "search",
    outcome: "notification",
    tactics: [],
    techniques: [],
    canFire: { answer: "unknown", reason: "A search may ask for anything" },
  }),
];

const runbook = `1. Has the new key been used, and from where? Search \`userIdentity.accessKeyId:THE-KEY\`.
2. What did its maker do around then? See [the guide](https://docs.aws.amazon.com/IAM/latest/UserGuide/).
3. If nobody asked for it, make the key **inactive** (do not delete it yet), then the maker's.`;

export function ruleDetails(told: Rule, tunings: RuleDetails["tunings"]): RuleDetails {
  const isHostile = told.key === "hostile";
  const head: RuleHead = {
    id: "af91c65b-ec09-46a3-b89a-60897e88e0da",
    name: null,
    status: "test",
    level: told.level,
    modified: "",
    fields: [],
    description: isHostile
      ? `[x](javascript:window.owned=1) ${attack}`
      : "Somebody makes an access key for an IAM user that is not their own. The key acts as that user, never expires, and stays when the maker's own key is disabled.",
    author: "Trailwarden",
    license: "",
    date: "2026-11-21",
    references: [
      "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
      ...(isHostile ? ["javascript:window.owned=1", `https://example.com/"onload="x`] : []),
    ],
    falsePositives: ["A user for a machine is set up", "A tool that renews keys; name its role in a filter"],
    own: { runbook: isHostile ? `\`\`\`\n${attack}\n\`\`\`\n${attack}` : runbook, falsePositives: "" },
  };
  return {
    ...told,
    dedupMs: 3_600_000,
    head: told.kind === "search" ? null : head,
    text: `title: ${told.title}\nid: af91c65b-ec09-46a3-b89a-60897e88e0da\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n  selection:\n    eventName: CreateAccessKey\n  condition: selection\n`,
    tunings,
    staged: told.status === "staged" ? { since: minutesAgo(5_000), until: minutesAgo(-15_000), findingsMax: 3 } : null,
    refusal:
      told.status === "refused"
        ? {
            path: told.path,
            line: 14,
            column: 5,
            reason: "The modifier |regex is none of Sigma’s; |re is meant",
            title: null,
          }
        : null,
    package:
      told.origin === "sigma"
        ? {
            name: "sigma",
            origin: "sigma-main.zip",
            license: "DRL-1.1",
            author: "SigmaHQ",
            version: "r2026-11-01",
            importedAt: minutesAgo(5_000),
          }
        : null,
  };
}

export function findingsOf(told: Rule): readonly Finding[] {
  return Array.from({ length: Math.min(told.findings, 3) }, (_, index) => ({
    id: `${told.key}-${String(index)}`,
    rule: told.key,
    title: told.title,
    level: told.level,
    outcome: told.outcome,
    isStaged: told.status === "staged",
    accountId: "111122223333",
    region: "eu-central-1",
    actor: "arn:aws:iam::111122223333:user/deploy",
    actorName: "deploy",
    sourceIp: "198.51.100.23",
    eventName: "CreateAccessKey",
    from: minutesAgo(44 + index * 600),
    to: minutesAgo(43 + index * 600),
    hits: 4,
    tags: [],
    createdAt: minutesAgo(44 + index * 600),
    changedAt: minutesAgo(43 + index * 600),
    incident: index === 0 ? "id-12" : null,
  }));
}

export const madeCoverage: Coverage = {
  tactics: [
    tactic("TA0001", "Initial access", [
      ["T1078.004", "Cloud accounts", ["sigma-root", "a", "b"], []],
      ["T1190", "Exploit public-facing application", [], []],
      ["T1199", "Trusted relationship", ["c"], []],
    ]),
    tactic("TA0003", "Persistence", [
      ["T1098.001", "Additional cloud credentials", ["key-for-another", "d", "e", "f"], ["g"]],
      ["T1136.003", "Cloud account", ["h"], []],
      ["T1525", "Implant internal image", [], []],
    ]),
    tactic("TA0005", "Defence evasion", [
      ["T1562.008", "Disable or modify cloud logs", ["trail-stopped", "i"], []],
      ["T1535", "Unused or unsupported cloud regions", ["j"], []],
    ]),
    tactic("TA0007", "Discovery", [["T1087.004", "Cloud account", ["look-around"], []]]),
    tactic("TA0009", "Collection", [["T1530", "Data from cloud storage", [], ["objects-read"]]]),
    tactic("TA0010", "Exfiltration", [["T1537", "Transfer data to cloud account", ["k"], []]]),
    tactic("TA0040", "Impact", [
      ["T1485", "Data destruction", ["l", "m"], []],
      ["T1496", "Resource hijacking", ["n"], []],
    ]),
  ],
};

type Told = readonly [id: string, name: string, rules: readonly string[], blind: readonly string[]];

function tactic(id: string, name: string, techniques: readonly Told[]): Coverage["tactics"][number] {
  return {
    id,
    name,
    techniques: techniques.map(([key, title, rules, blind]) => ({ id: key, name: title, rules, blind })),
  };
}
