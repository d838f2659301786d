import { readAttackTags, tacticsOf } from "../attack/read-tags.ts";
import { tactics } from "../attack/tactics.ts";
import { techniques } from "../attack/techniques.ts";
import type { Coverage, RuleView } from "./rule-book.ts";

/** ATT&CK's tactics, each with its techniques and the rules that are on for them. Those no rule sees stand there too. */
export function coverageOf(views: readonly RuleView[]): Coverage {
  const cells = new Map<string, { rules: string[]; blind: string[] }>();
  for (const { key, tags, canFire, status } of views) {
    if (status === "off" || status === "refused") continue;
    const attack = readAttackTags(tags);
    for (const technique of attack.techniques) {
      for (const { id } of tacticsOf(technique, attack)) {
        const name = `${id} ${technique.id}`;
        const cell = cells.get(name) ?? { rules: [], blind: [] };
        (canFire.answer === "no" ? cell.blind : cell.rules).push(key);
        cells.set(name, cell);
      }
    }
  }
  return {
    tactics: tactics.map(({ id, name, tag }) => ({
      id,
      name,
      techniques: [...techniques.values()]
        .filter(({ tactics: of }) => of.includes(tag))
        .map((technique) => ({
          id: technique.id,
          name: technique.name,
          ...(cells.get(`${id} ${technique.id}`) ?? { rules: [], blind: [] }),
        })),
    })),
  };
}
