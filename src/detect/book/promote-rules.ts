import type { RuleCount, RuleSettingRow } from "../../state/index.ts";
import { readSettings, type RuleSettings } from "./rule-settings.ts";

/** What becomes of staged rules whose time is over. */
export interface Promotions {
  /** Rows to be kept. */
  readonly rows: readonly RuleSettingRow[];
  /** Keys of those that are on from now on. */
  readonly promoted: readonly string[];
}

/** Staged rules whose time is over. */
export function dueRows(rows: readonly RuleSettingRow[], now: number): readonly RuleSettingRow[] {
  return rows.filter((row) => {
    const { stage } = readSettings(row);
    return row.status === "staged" && stage !== undefined && stage.until <= now;
  });
}

/** Those that found no more than they may are on; the noisier ones stay, for as long again, and it is said. */
export function judgeStaged(
  due: readonly RuleSettingRow[],
  findingsOf: (rule: string, since: number) => number,
  now: number,
): Promotions {
  const promoted: string[] = [];
  const rows = due.map((row): RuleSettingRow => {
    const settings = readSettings(row);
    const { stage } = settings;
    if (stage === undefined) return row;
    const findings = findingsOf(row.rule, stage.since);
    if (findings <= stage.findingsMax) {
      promoted.push(row.rule);
      const note = noteOf(settings, `Promoted on ${dayOf(now)} with ${said(findings)} since ${dayOf(stage.since)}`);
      return { ...row, status: "on", changedAt: now, content: { ...settings, stage: undefined, note } };
    }
    const note = noteOf(
      settings,
      `Stays staged since ${dayOf(now)}: ${said(findings)} since ${dayOf(stage.since)}, at most ${stage.findingsMax} were agreed on`,
    );
    const again = { ...stage, since: now, until: now + (stage.until - stage.since) };
    return { ...row, changedAt: now, content: { ...settings, stage: again, note } };
  });
  return { rows, promoted };
}

/** Findings by rule since each of several times, asked for once a time. */
export async function findingsSince(
  due: readonly RuleSettingRow[],
  counts: (since: number) => Promise<ReadonlyMap<string, RuleCount>>,
): Promise<(rule: string, since: number) => number> {
  const times = new Set(due.flatMap((row) => readSettings(row).stage?.since ?? []));
  const known = new Map<number, ReadonlyMap<string, RuleCount>>();
  for (const since of times) known.set(since, await counts(since));
  return (rule, since) => known.get(since)?.get(rule)?.findings ?? 0;
}

const ownSentence = /(?:^|\n)(?:Promoted on|Stays staged since) \d{4}-\d{2}-\d{2}[^\n]*/g;

/** A person's note with our sentence behind it; our last one goes. */
function noteOf({ note }: RuleSettings, sentence: string): string {
  return [note.replaceAll(ownSentence, "").trim(), sentence].filter((text) => text !== "").join("\n");
}

function said(findings: number): string {
  return findings === 1 ? "1 finding" : `${findings} findings`;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
