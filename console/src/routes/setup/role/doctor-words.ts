import type { DoctorAnswer, DoctorRow } from "../../../setup-types.ts";

/** Whether a right is there; one that it can do without is no lack. */
export type Standing = "good" | "bad" | "spare" | "unsure";

export function standingOf({ state, isOptional }: Pick<DoctorRow, "state" | "isOptional">): Standing {
  if (state === "allowed") return "good";
  if (state === "unknown") return "unsure";
  return isOptional ? "spare" : "bad";
}

const order: readonly Standing[] = ["bad", "unsure", "spare", "good"];

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
export function doctorSentence({ findings, rows, lacking }: DoctorAnswer): string {
  const unsure = rows.filter(({ state }) => state === "unknown").length;
  const doubt = unsure === 0 ? "" : ` Of ${unsure} it could not be found out.`;
  const wrong = findings.filter(({ state }) => state === "bad").length;
  const lacks = rows.filter((row) => standingOf(row) === "bad").length;
  if (lacks > 0 || lacking.length > 0) {
    const features = lacking.map(({ feature }) => feature).join(", ");
    const words = `${lacks} of ${rows.length} rights ${lacks === 1 ? "is" : "are"} lacking.`;
    return `${words}${features === "" ? "" : ` What does not work without: ${features}.`}${doubt}`;
  }
  if (wrong > 0) return `The role does not work as it should: see below.${doubt}`;
  const spare = rows.filter((row) => standingOf(row) === "spare").length;
  const without = spare === 0 ? "" : ` It does without ${spare} that ${spare === 1 ? "is" : "are"} not needed here.`;
  return unsure === 0
    ? `It works: every right that is needed is there.${without}`
    : `Nothing is known to be lacking.${doubt}`;
}
