import type { Level } from "../../detect/index.ts";
import type { IncidentFindingRow, IncidentPartRow, IncidentRow, IncidentWrite } from "../../state/index.ts";
import { withMarks } from "../evidence/parts.ts";
import { evidenceMax } from "../evidence/evidence.ts";
import type { Draft } from "../grouping/draft.ts";
import { rankOf, worse } from "../levels.ts";
import type { HistoryEntry } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import { type Part, readPart } from "../part.ts";
import { type IncidentContent, nameOf, severityOf } from "../stored.ts";
import { tacticsOf } from "../tactics.ts";
import { type HistoryLine, line } from "../telling/history.ts";
import { type Summary, summarize } from "../telling/summarize.ts";

/** Findings of an incident that its summary is made of, the worst. */
export const partsMax = 500;
/** Growth is told so often at most. */
const toldEveryMs = 3_600_000;
const namesMax = 200;
/** What was over so long ago when it opened is history. */
const historyMs = 3 * 86_400_000;

/** Changed incidents as they are written, with what is said of it. */
export type Finished = Required<Pick<IncidentWrite, "incidents" | "findings" | "moves" | "history">>;

type FinishOptions = Pick<IncidentOptions, "table" | "findings" | "clock">;

/** Sums up what became of incidents, and puts it into rows. */
export async function finish(drafts: readonly Draft[], options: FinishOptions): Promise<Finished> {
  let number = await options.table.nextNumber();
  const finished: Finished[] = [];
  for (const draft of drafts) {
    await mark(draft, options);
    const summary = await summaryOf(draft, options);
    finished.push(finishOne({ draft, summary, now: options.clock.now(), number: draft.row?.number ?? number++ }));
  }
  return {
    incidents: finished.flatMap(({ incidents }) => incidents),
    findings: finished.flatMap(({ findings }) => findings),
    moves: finished.flatMap(({ moves }) => moves),
    history: finished.flatMap(({ history }) => history),
  };
}

/** How a part is kept. */
export function partRow(part: Part): IncidentPartRow {
  const rank = rankOf(part.level) + (part.isContext ? 0 : 10);
  return { rank, from: part.from, hits: part.hits, content: part };
}

/** Which events context is about is asked once it is a part. */
async function mark(draft: Draft, { findings }: FinishOptions): Promise<void> {
  for (const [finding, part] of draft.parts) {
    if (part.events.length === 0)
      draft.parts.set(finding, withMarks(part, await findings.hitsOf(finding, evidenceMax)));
  }
}

async function summaryOf(draft: Draft, { table }: FinishOptions): Promise<Summary | undefined> {
  const ids = [draft.id, ...draft.took.map(({ id }) => id)];
  const stored = draft.row === undefined && draft.took.length === 0 ? new Map() : await table.partsOf(ids, partsMax);
  const parts = new Map<string, Part>();
  let findings = draft.added.size;
  for (const own of stored.values()) {
    findings += own.findings;
    for (const { finding, content } of own.parts) parts.set(finding, readPart(content));
  }
  for (const finding of draft.gone) {
    if (!draft.added.has(finding)) findings -= 1;
    parts.delete(finding);
  }
  for (const [finding, part] of draft.parts) parts.set(finding, part);
  if (parts.size === 0) return undefined;
  const more = Math.max(0, findings - parts.size);
  const summary = summarize([...parts.values()], more, draft);
  return more === 0 ? summary : withEarlier(draft, summary);
}

/** Of findings that are too many to look at, what was told of them before is told on. */
function withEarlier({ row, content, took }: Draft, summary: Summary): Summary {
  const before = [content, ...took.map((other) => other.content)];
  const all = (name: "regions" | "techniques" | "rules") => [
    ...new Set([...summary[name], ...before.flatMap((earlier) => earlier[name])]),
  ];
  const tactics = [summary.tactics, ...before.map((earlier) => earlier.tactics)].flat();
  const rows = [row, ...took.map((other) => other.row)];
  return {
    ...summary,
    accountIds: [...new Set([...summary.accountIds, ...rows.flatMap((one) => one?.accountIds ?? [])])].slice(
      0,
      namesMax,
    ),
    regions: all("regions"),
    tactics: tacticsOf(tactics.map((tactic) => `attack.${tactic}`)),
    techniques: all("techniques").sort().slice(0, namesMax),
    rules: all("rules").slice(0, namesMax),
  };
}

interface Finishing {
  readonly draft: Draft;
  /** Undefined where all findings have left. */
  readonly summary: Summary | undefined;
  readonly now: number;
  readonly number: number;
}

function finishOne(ask: Finishing): Finished {
  const { draft, now } = ask;
  const row = rowOf(ask);
  const findings: IncidentFindingRow[] = [...draft.parts].map(([finding, part]) => ({
    ...{ finding, incident: draft.id, part: partRow(part) },
  }));
  const taken = draft.took.flatMap((other) => (other.row === undefined ? [] : [other.row]));
  return {
    incidents: [row.row, ...taken.map((other) => partOf(other, row.row.id, now))],
    findings: [...[...draft.gone].map((finding) => ({ finding, incident: undefined })), ...findings],
    moves: taken.map(({ id }) => ({ from: id, to: draft.id })),
    history: [...row.history, ...taken.flatMap((other) => mergedLines(other, row.row, { at: now, by: "" }))],
  };
}

/** An incident as it is once it became a part of another. */
export function partOf(row: IncidentRow, into: string, now: number): IncidentRow {
  const content = { ...(row.content as object), closedAs: "duplicate", closedAt: now };
  return { ...row, state: "closed", mergedInto: into, changedAt: now, content };
}

export function mergedLines(
  other: IncidentRow,
  into: IncidentRow,
  when: { readonly at: number; readonly by: string },
): HistoryLine[] {
  const content = { severity: into.severity, state: into.state };
  return [
    line({
      ...{ incident: into.id, kind: "merged", ...when },
      content: { ...content, sentence: `${nameOf(other)} became a part of this one` },
    }),
    line({
      ...{ incident: other.id, kind: "merged", ...when },
      content: { ...content, sentence: `It became a part of ${nameOf(into)}` },
    }),
  ];
}

function rowOf(ask: Finishing): { readonly row: IncidentRow; readonly history: HistoryLine[] } {
  const { draft, summary, now, number } = ask;
  const severity = severityFor(draft, summary);
  const history = linesOf(ask, severity);
  const isHistory = draft.row === undefined ? now - draft.lastAt > historyMs : draft.content.isHistory;
  const { title, severity: _, accountIds, ...summed } = summary ?? { ...draft.content, ...emptySummary(draft) };
  const isTold = draft.row === undefined || history.some(({ kind }) => kind === "grew" || kind === "reopened");
  const content: IncidentContent = {
    ...draft.content,
    ...summed,
    ...(draft.isReopened ? { closedAs: undefined, closedAt: undefined } : {}),
    ...(isTold ? { told: { at: now, findings: summed.findings, events: summed.events } } : {}),
    apart: [...draft.apart],
    tookIn: draft.tookIn,
    addresses: draft.seenAddresses,
    isHistory,
  };
  const owner = draft.row?.owner || (draft.took.find(({ row }) => row?.owner)?.row?.owner ?? "");
  const row: IncidentRow = {
    ...{ id: draft.id, number, state: draft.state, severity, title, owner, accountIds, keys: [...draft.keys] },
    ...{ firstAt: draft.firstAt, lastAt: draft.lastAt, openedAt: draft.row?.openedAt ?? now, changedAt: now },
    ...{ silentUntil: draft.row?.silentUntil, mergedInto: undefined, content },
  };
  return { row, history };
}

/** All findings left it: it is told as it was. */
function emptySummary({ row, content }: Draft): Summary {
  const { summary, regions, tactics, techniques, entities, rules } = content;
  const kept = { summary, regions, tactics, techniques, entities, rules, findings: 0, context: 0, events: 0 };
  return {
    ...kept,
    title: row?.title ?? "",
    severity: severityOf(row ?? { severity: "low" }),
    accountIds: row?.accountIds ?? [],
  };
}

/** It never falls by itself, and a person's word stays. */
function severityFor(draft: Draft, summary: Summary | undefined): Level {
  const { row, content, took } = draft;
  if (row !== undefined && content.severityBy !== "") return severityOf(row);
  const before = [row, ...took.map((other) => other.row)].flatMap((one) =>
    one === undefined ? [] : [severityOf(one)],
  );
  return before.reduce<Level>(worse, summary?.severity ?? "informational");
}

function linesOf({ draft, summary, now }: Finishing, severity: Level): HistoryLine[] {
  const said = { severity, state: draft.state };
  const tell = (kind: HistoryEntry["kind"], sentence: string) =>
    line({ incident: draft.id, at: now, by: "", kind, content: { ...said, sentence } });
  if (summary === undefined) return [];
  if (draft.row === undefined) return [tell("opened", `Opened, ${severity}: ${summary.title}`)];
  const before = severityOf(draft.row);
  // Of what people closed nobody is told.
  const isRisen = severity !== before && draft.state !== "closed";
  const risen = isRisen ? [tell("severity", `Severity rose from ${before} to ${severity}`)] : [];
  if (draft.isReopened) return [tell("reopened", `It goes on after it was closed: ${summary.title}`), ...risen];
  const { told } = draft.content;
  const [findings, events] = [summary.findings - told.findings, summary.events - told.events];
  const isGrown = (findings > 0 || events > 0) && draft.state !== "closed";
  const isDue = isRisen || now - told.at >= toldEveryMs;
  return isGrown && isDue
    ? [tell("grew", `It grew: ${moreOf(findings, "finding")}, ${moreOf(events, "event")}`), ...risen]
    : risen;
}

function moreOf(count: number, thing: string): string {
  const known = Math.max(0, count);
  return `${known} more ${thing}${known === 1 ? "" : "s"}`;
}
