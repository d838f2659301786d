import type { Part } from "../part.ts";
import { tacticsOf } from "../tactics.ts";

const withinMs = 3_600_000;
const rulesMin = 3;
const tacticsMin = 2;
/** Of one actor, looked at together. */
const togetherMax = 300;

/** A low finding of an actor, by its id. */
interface LowFinding {
  readonly finding: string;
  readonly part: Part;
}

/**
 * Low findings that say something together: with others of the same actor they are within an hour, of three rules or
 * more, over two tactics or more. Whoever has one more has no fewer of them.
 */
export function tellingTogether(all: readonly LowFinding[]): LowFinding[] {
  const telling = new Set<LowFinding>();
  for (const own of byActor(all).values()) {
    const few = own.toSorted((a, b) => b.part.to - a.part.to).slice(0, togetherMax);
    for (const { part: first } of few) {
      // A window that begins where one of them ends holds all that any such window can.
      const window = few.filter(({ part }) => part.to >= first.to && part.from <= first.to + withinMs);
      const rules = new Set(window.map(({ part }) => part.rule));
      const tactics = tacticsOf(window.flatMap(({ part }) => part.tags));
      if (rules.size >= rulesMin && tactics.length >= tacticsMin) for (const low of window) telling.add(low);
    }
  }
  return [...telling];
}

function byActor(all: readonly LowFinding[]): ReadonlyMap<string, LowFinding[]> {
  const own = new Map<string, LowFinding[]>();
  for (const low of all) {
    if (low.part.level !== "low" || low.part.actor === "") continue;
    const known = own.get(low.part.actor);
    if (known === undefined) own.set(low.part.actor, [low]);
    else known.push(low);
  }
  return own;
}
