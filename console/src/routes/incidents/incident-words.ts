import type { CloseReason, Entity, IncidentState } from "../../incidents-api.ts";
import type { IconName } from "../../parts/icon.tsx";

export const stateWords: Readonly<Record<IncidentState, readonly [word: string, icon: IconName, what: string]>> = {
  new: ["New", "warning", "Nobody has looked at it yet"],
  triaged: ["Triaged", "person", "Somebody has looked at it and works on it"],
  contained: ["Contained", "role", "It cannot go on; what it did is not cleared up yet"],
  closed: ["Closed", "check", "Nothing is left to do"],
};

export const reasonWords: Readonly<Record<CloseReason, readonly [word: string, what: string]>> = {
  resolved: ["Resolved", "It was an attack or a mistake, and it is cleared up"],
  "false-positive": ["False positive", "The rule was wrong: what it tells of did not happen"],
  expected: ["Expected", "It happened, and it was meant to"],
  duplicate: ["Duplicate", "Another incident tells the same"],
  "not-actionable": ["Not actionable", "It is true, and there is nothing to do about it"],
};

/** ATT&CK's tactics that are seen in logs, in the order of an attack. */
export const tacticNames: Readonly<Record<string, string>> = {
  reconnaissance: "Reconnaissance",
  "resource-development": "Resource development",
  "initial-access": "Initial access",
  execution: "Execution",
  persistence: "Persistence",
  "privilege-escalation": "Privilege escalation",
  "defense-evasion": "Defence evasion",
  "credential-access": "Credential access",
  discovery: "Discovery",
  "lateral-movement": "Lateral movement",
  collection: "Collection",
  "command-and-control": "Command and control",
  exfiltration: "Exfiltration",
  impact: "Impact",
};

/** `attack.defense-evasion`, `defense_evasion`, `Defense Evasion` → `defense-evasion`. */
export function tacticKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/^attack\./, "")
    .replaceAll(/[\s_]+/g, "-");
}

/** What finds the events of something that an incident is about. */
export function entityField(kind: Entity["kind"]): string {
  return {
    actor: "user",
    "root-actor": "user",
    "access-key": "userIdentity.accessKeyId",
    address: "sourceIPAddress",
    resource: "resource",
    account: "account",
    "user-agent": "userAgent",
  }[kind];
}

export const entityKinds: readonly (readonly [kind: Entity["kind"], title: string, icon: IconName])[] = [
  ["root-actor", "Who stands behind it", "person"],
  ["actor", "Acting as", "role"],
  ["access-key", "Access keys", "key"],
  ["address", "Addresses", "globe"],
  ["resource", "Resources", "cube"],
  ["account", "Accounts", "building"],
  ["user-agent", "Programs", "screen"],
];
