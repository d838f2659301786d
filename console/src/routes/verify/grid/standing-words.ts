import { formatShortInstant, type Zone } from "../../../parts/instants.ts";
import { countOf } from "../../../parts/numbers.ts";
import { countVerdicts } from "../../../parts/verdicts.ts";
import type { Cell } from "./rows.ts";

interface StandingWords {
  readonly word: string;
  /** Stands in a cell that has room for it; the shape of the cell says it where there is none. */
  readonly sign: string;
  readonly what: string;
}

/** How an hour stands, in words and as a sign. */
export const standingWords: Readonly<Record<Cell["standing"], StandingWords>> = {
  proven: { word: "proven", sign: "", what: "Every log file is named by a signed digest and is as it was signed" },
  waiting: { word: "waiting", sign: "·", what: "Digests are not due yet" },
  unproven: { word: "unproven", sign: "?", what: "Nothing speaks against its log files, and nothing can prove them" },
  gap: { word: "gap", sign: "–", what: "No digest speaks for some of it: files could be missing" },
  broken: { word: "broken", sign: "!", what: "Something was changed, is missing, or was never signed" },
  nothing: { word: "nothing", sign: "", what: "Nothing was delivered" },
};

/** When a cell was, as short as can be. */
export function cellTime({ from, to }: Pick<Cell, "from" | "to">, zone: Zone): string {
  const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  return `${formatShortInstant(start, zone)} to ${formatShortInstant(end, zone).slice(-5)}`;
}

/** What a cell says in words. */
export function cellWords({ standing, logFiles, digests }: Cell): string {
  if (standing === "nothing") return "nothing was delivered";
  const files = countVerdicts(logFiles);
  return [
    standingWords[standing].word,
    files === "" ? "no log files" : `log files: ${files}`,
    digests === 0 ? "no valid digest" : countOf(digests, "valid digest"),
  ].join("; ");
}
