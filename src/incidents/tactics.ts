/** ATT&CK's tactics for enterprises in its own order (attack.mitre.org/tactics/enterprise). */
const tacticsInOrder = [
  "reconnaissance",
  "resource-development",
  "initial-access",
  "execution",
  "persistence",
  "privilege-escalation",
  "defense-evasion",
  "stealth",
  "defense-impairment",
  "credential-access",
  "discovery",
  "lateral-movement",
  "collection",
  "command-and-control",
  "exfiltration",
  "impact",
] as const;

/** With one of these among three, somebody is past looking around. */
const grave: ReadonlySet<string> = new Set([
  "privilege-escalation",
  "defense-evasion",
  "defense-impairment",
  "credential-access",
  "exfiltration",
  "impact",
]);

/** Tactics that tags of rules name, in the order of ATT&CK. */
export function tacticsOf(tags: Iterable<string>): string[] {
  const named = new Set<string>();
  for (const tag of tags) if (tag.startsWith("attack.")) named.add(tag.slice("attack.".length).replaceAll("_", "-"));
  return tacticsInOrder.filter((tactic) => named.has(tactic));
}

/** Techniques that tags of rules name: `T1098.001`. */
export function techniquesOf(tags: Iterable<string>): string[] {
  const named = new Set<string>();
  for (const tag of tags) {
    const id = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1];
    if (id !== undefined) named.add(id.toUpperCase());
  }
  return [...named].sort();
}

/** Three steps or more of an attack, one of them a grave one. */
export function isStory(tactics: readonly string[]): boolean {
  return tactics.length >= 3 && tactics.some((tactic) => grave.has(tactic));
}
