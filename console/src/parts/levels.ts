/** How severe something is, from the least. */
export const levels = ["informational", "low", "medium", "high", "critical"] as const;
export type Level = (typeof levels)[number];

export const levelWords: Readonly<Record<Level, string>> = {
  informational: "Info",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export function isLevel(text: unknown): text is Level {
  return levels.some((level) => level === text);
}

/** A level and all that are worse. */
export function levelsFrom(level: Level): readonly Level[] {
  return levels.slice(levels.indexOf(level));
}
