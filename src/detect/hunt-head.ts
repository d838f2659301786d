import type { Level, SigmaCorrelation, SigmaRule } from "./sigma/document.ts";

/** What a rule or correlation that fires is told by. */
export interface HuntHead {
  readonly key: string;
  readonly title: string;
  readonly level: Level;
  readonly tags: readonly string[];
}

export function headOf({ key, title, level, own, tags }: SigmaRule | SigmaCorrelation): HuntHead {
  return { key, title, level: own.severity ?? level ?? "medium", tags };
}
