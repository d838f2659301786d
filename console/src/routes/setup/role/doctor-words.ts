import type { DoctorRow } from "../../../setup-types.ts";

/** Whether a right is there; what was not found out is neither. */
export type Standing = "good" | "bad" | "unsure";

const good = new Set(["allowed", "granted", "good", "ok", "works", "held", "yes"]);
const bad = new Set(["denied", "refused", "missing", "bad", "lacking", "lacks", "no"]);

export function standingOf({ state }: Pick<DoctorRow, "state">): Standing {
  const word = state.toLowerCase();
  return good.has(word) ? "good" : bad.has(word) ? "bad" : "unsure";
}

const order: readonly Standing[] = ["bad", "unsure", "good"];

/** What is lacking first, then by feature. */
export function sortRows(rows: readonly DoctorRow[]): readonly DoctorRow[] {
  return rows.toSorted(
    (a, b) =>
      order.indexOf(standingOf(a)) - order.indexOf(standingOf(b)) ||
      a.feature.localeCompare(b.feature, "en") ||
      a.action.localeCompare(b.action, "en"),
  );
}

/** The whole of it in one sentence. */
export function doctorSentence(rows: readonly DoctorRow[]): string {
  const lacking = rows.filter((row) => standingOf(row) === "bad");
  const unsure = rows.filter((row) => standingOf(row) === "unsure").length;
  const doubt = unsure === 0 ? "" : ` ${unsure} could not be found out.`;
  if (lacking.length === 0)
    return unsure === 0 ? `It works: all ${rows.length} rights are there.` : `Nothing is lacking.${doubt}`;
  const features = [...new Set(lacking.map(({ feature }) => feature))];
  return `${lacking.length} of ${rows.length} rights ${lacking.length === 1 ? "is" : "are"} lacking. What does not work without: ${features.join(", ")}.${doubt}`;
}
