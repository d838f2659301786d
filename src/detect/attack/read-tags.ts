import { formerTactic, type Tactic, tactics } from "./tactics.ts";
import { renamedTechniques, type Technique, techniques } from "./techniques.ts";

/** What a rule's tags say of ATT&CK, in the words of its present version. */
export interface AttackTags {
  readonly tactics: readonly Tactic[];
  readonly techniques: readonly Technique[];
  /** Tags about ATT&CK that are not known here, such as groups and software. */
  readonly unknown: readonly string[];
}

const prefix = "attack.";
const byTag = new Map<string, Tactic>(tactics.map((tactic) => [tactic.tag, tactic]));

/** Reads a rule's tags, old names too. */
export function readAttackTags(tags: readonly string[]): AttackTags {
  const named = tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  const found = new Map<string, Technique>();
  const wanted = new Set<Tactic>();
  const unknown: string[] = [];
  let wasEvasion = false;
  for (const name of named) {
    const id = name.toUpperCase();
    const technique = techniques.get(renamedTechniques.get(id) ?? id);
    const tactic = byTag.get(name.replaceAll("_", "-"));
    if (technique !== undefined) found.set(technique.id, technique);
    else if (tactic !== undefined) wanted.add(tactic);
    else if (name.replaceAll("_", "-") === formerTactic) wasEvasion = true;
    else unknown.push(`${prefix}${name}`);
  }
  if (wasEvasion) for (const tactic of heirs([...found.values()])) wanted.add(tactic);
  return {
    tactics: tactics.filter((tactic) => wanted.has(tactic)),
    techniques: [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    unknown,
  };
}

/** What became of Defense Evasion, by the techniques beside it: Stealth where they do not tell. */
function heirs(of: readonly Technique[]): readonly Tactic[] {
  const named = tactics.filter(
    ({ tag }) => (tag === "stealth" || tag === "defense-impairment") && of.some((each) => each.tactics.includes(tag)),
  );
  return named.length > 0 ? named : tactics.filter(({ tag }) => tag === "stealth");
}

/** The tactics that a rule pursues with a technique: those that both name, else all of the technique's. */
export function tacticsOf(technique: Technique, { tactics: wanted }: AttackTags): readonly Tactic[] {
  const own = tactics.filter(({ tag }) => technique.tactics.includes(tag));
  const shared = own.filter((tactic) => wanted.includes(tactic));
  return shared.length > 0 ? shared : own;
}
