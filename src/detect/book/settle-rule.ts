import type { RuleSettingRow } from "../../state/index.ts";
import { DetectError } from "../errors.ts";
import { levels } from "../sigma/document.ts";
import type { RuleChange, StagePlan } from "./rule-book.ts";
import { noSettings, outcomes, readSettings, type RuleSettings } from "./rule-settings.ts";

const dayMs = 86_400_000;
/** How long a rule runs quietly, and how much it may find, where a person says neither. */
export const usualStage = { days: 7, findingsMax: 10 } as const;
const daysMax = 365;
const findingsMaxMost = 1_000_000;
const dedupMsMin = 1_000;
const dedupMsMax = 90 * dayMs;
const noteLengthMax = 2_000;

/** A rule's row after a change; throws `rule-change-invalid`. */
export function settledRow(
  rule: { readonly key: string; readonly title: string },
  was: RuleSettingRow | undefined,
  change: RuleChange,
  now: number,
): RuleSettingRow {
  checkChange(change);
  const before = was === undefined ? noSettings : readSettings(was);
  const status = change.status ?? (change.stage === undefined ? (was?.status ?? "on") : "staged");
  const goesOn = status === "staged" && was?.status === "staged" && change.stage === undefined;
  const content: RuleSettings = {
    title: rule.title,
    level: given(change.severity, before.level),
    dedupMs: given(change.dedupMs, before.dedupMs),
    outcome: given(change.outcome, before.outcome),
    note: change.note ?? before.note,
    by: change.by ?? before.by,
    stage: status !== "staged" ? undefined : goesOn ? before.stage : stagePlan(change.stage ?? usualStage, now),
    isOfImport: false,
  };
  return { rule: rule.key, status, changedAt: now, content };
}

/** A time in which a rule runs quietly, from now on. */
export function stagePlan(stage: { readonly days: number; readonly findingsMax: number }, now: number): StagePlan {
  return { since: now, until: now + stage.days * dayMs, findingsMax: stage.findingsMax };
}

/** `null` takes the house's word back. */
function given<Value>(change: Value | null | undefined, before: Value | undefined): Value | undefined {
  return change === undefined ? before : (change ?? undefined);
}

function checkChange({ stage, status, severity, dedupMs, outcome, note = "", by = "" }: RuleChange): void {
  const isOdd = (value: number, least: number, most: number) => !(value >= least && value <= most);
  if (stage !== undefined && status !== undefined && status !== "staged") {
    throw invalid("A rule that is not staged has no plan for it", "Give a plan with the status staged alone");
  }
  if (stage !== undefined && isOdd(stage.days, 1, daysMax)) {
    throw invalid(`A rule is staged for 1 to ${daysMax} days`, "Seven days are usual");
  }
  if (stage !== undefined && isOdd(stage.findingsMax, 0, findingsMaxMost)) {
    throw invalid(`findingsMax is a number up to ${findingsMaxMost}`, "Ten findings in a week are usual");
  }
  if (typeof dedupMs === "number" && isOdd(dedupMs, dedupMsMin, dedupMsMax)) {
    throw invalid("Matches are one finding for a second to ninety days", "An hour is usual");
  }
  if (typeof severity === "string" && !levels.includes(severity)) {
    throw invalid("This severity is not known", `Use one of ${levels.join(", ")}`);
  }
  if (typeof outcome === "string" && !outcomes.includes(outcome)) {
    throw invalid("This outcome is not known", `Use one of ${outcomes.join(", ")}`);
  }
  if (note.length > noteLengthMax || by.length > noteLengthMax) {
    throw invalid(`A note has at most ${noteLengthMax} characters`, "Say it shorter");
  }
}

function invalid(message: string, help: string): DetectError {
  return new DetectError(message, { code: "rule-change-invalid", fault: "user", help });
}
