import type { VerdictView, Verification } from "../../verify/index.ts";

/** The verdicts on log files, by id. */
export type FindVerdicts = (logFiles: readonly string[]) => Promise<ReadonlyMap<string, VerdictView>>;

/** Asks once for each log file, and nobody where there is none. */
export function verdictFinder(openVerification: () => Promise<Verification>): FindVerdicts {
  return async (logFiles) => {
    const asked = [...new Set(logFiles)].filter((id) => id !== "" && id !== "0");
    return asked.length === 0 ? new Map() : (await openVerification()).verdictsOf(asked);
  };
}
