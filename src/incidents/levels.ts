import { type Level, levels } from "../detect/index.ts";

/** The larger, the worse. */
export function rankOf(level: Level): number {
  return levels.indexOf(level);
}

/** A level as a rule names it; what none knows is of medium weight. */
export function readLevel(text: unknown): Level {
  return levels.find((level) => level === text) ?? "medium";
}

export function worse(one: Level, other: Level): Level {
  return rankOf(one) >= rankOf(other) ? one : other;
}

/** One step worse, where there is one. */
export function raised(level: Level): Level {
  return levels[rankOf(level) + 1] ?? level;
}
