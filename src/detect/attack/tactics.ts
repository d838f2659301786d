/** What an attacker wants to reach. */
export interface Tactic {
  /** As in ATT&CK: `TA0003`. */
  readonly id: string;
  readonly name: string;
  /** As Sigma's tags have it: `attack.persistence`. */
  readonly tag: TacticTag;
}

/**
 * The tactics of ATT&CK for enterprises, version 19, in its order. That version made two of Defense Evasion: Stealth, which
 * kept the id, and Defense Impairment (attack.mitre.org/resources/updates/updates-april-2026).
 */
const rows = [
  ["TA0043", "Reconnaissance", "reconnaissance"],
  ["TA0042", "Resource Development", "resource-development"],
  ["TA0001", "Initial Access", "initial-access"],
  ["TA0002", "Execution", "execution"],
  ["TA0003", "Persistence", "persistence"],
  ["TA0004", "Privilege Escalation", "privilege-escalation"],
  ["TA0005", "Stealth", "stealth"],
  ["TA0112", "Defense Impairment", "defense-impairment"],
  ["TA0006", "Credential Access", "credential-access"],
  ["TA0007", "Discovery", "discovery"],
  ["TA0008", "Lateral Movement", "lateral-movement"],
  ["TA0009", "Collection", "collection"],
  ["TA0011", "Command and Control", "command-and-control"],
  ["TA0010", "Exfiltration", "exfiltration"],
  ["TA0040", "Impact", "impact"],
] as const;

export type TacticTag = (typeof rows)[number][2];

export const tactics: readonly Tactic[] = rows.map(([id, name, tag]) => ({ id, name, tag }));

/** The tactic that versions before 19 had instead of Stealth and Defense Impairment. */
export const formerTactic = "defense-evasion";
