import { levels } from "../../detect/index.ts";
import type { IncidentRow, IncidentWrite, MuteRow } from "../../state/index.ts";
import { refused } from "../errors.ts";
import { closeReasons, type IncidentChange, incidentStates } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import { readPart } from "../part.ts";
import { partsMax } from "../taking/finish.ts";
import { contentOf, type IncidentContent, nameOf } from "../stored.ts";
import { type HistoryContent, line } from "../telling/history.ts";

const commentLengthMax = 10_000;
const ownerLengthMax = 200;
/** The longest that an incident may be silent. */
const silenceMsMax = 366 * 86_400_000;

type ChangeOptions = Pick<IncidentOptions, "table" | "clock">;

/** What a person's change of an incident writes; throws `incident-change-refused`. */
export async function changed(
  row: IncidentRow,
  change: IncidentChange,
  by: string,
  options: ChangeOptions,
): Promise<IncidentWrite & { readonly row: IncidentRow }> {
  if (row.mergedInto !== undefined)
    throw refused(`${nameOf(row)} became a part of another incident`, "Change that one");
  const at = options.clock.now();
  const { fields, content, kind, sentence, ...rest } = await readChange({ row, change, at }, options);
  const next: IncidentRow = { ...row, ...fields, changedAt: at, content: { ...contentOf(row), ...content } };
  const { closedAs } = contentOf(next);
  const said: HistoryContent = {
    ...{ sentence, severity: next.severity, state: next.state },
    ...(closedAs === undefined ? {} : { closedAs }),
  };
  return { ...rest, row: next, incidents: [next], history: [line({ incident: row.id, at, by, kind, content: said })] };
}

interface Asked<Kind extends IncidentChange = IncidentChange> {
  readonly row: IncidentRow;
  readonly change: Kind;
  readonly at: number;
}

interface Read extends Pick<IncidentWrite, "mutes" | "unmuted"> {
  readonly fields?: Partial<IncidentRow>;
  readonly content?: Partial<IncidentContent>;
  readonly kind: Parameters<typeof line>[0]["kind"];
  readonly sentence: string;
}

async function readChange({ row, change, at }: Asked, options: ChangeOptions): Promise<Read> {
  switch (change.kind) {
    case "state":
      return readState({ row, change, at }, options);
    case "owner": {
      const owner = change.owner.trim().slice(0, ownerLengthMax);
      if (owner === row.owner) throw refused(`${nameOf(row)} has that owner already`, "Nothing is to be done");
      return {
        kind: "owner",
        fields: { owner },
        sentence: owner === "" ? "It has no owner any more" : `Its owner is ${owner}`,
      };
    }
    case "severity": {
      const { severity } = change;
      if (!levels.includes(severity))
        throw refused(`There is no severity ${severity}`, `It is one of ${levels.join(", ")}`);
      const sentence = `Severity set from ${row.severity} to ${severity}`;
      return { kind: "severity", fields: { severity }, content: { severityBy: "a person" }, sentence };
    }
    case "comment":
      return { kind: "comment", sentence: readComment(change.comment) };
    case "silence": {
      const until = change.until;
      if (!Number.isFinite(until) || until > at + silenceMsMax)
        throw refused("A silence ends within a year", "Name an earlier end");
      if (until <= at)
        return { kind: "silenced", fields: { silentUntil: undefined }, sentence: "It is silent no more" };
      return {
        kind: "silenced",
        fields: { silentUntil: until },
        sentence: `Silent until ${new Date(until).toISOString()}`,
      };
    }
  }
}

async function readState(
  { row, change, at }: Asked<IncidentChange & { readonly kind: "state" }>,
  { table }: ChangeOptions,
): Promise<Read> {
  const { state, closedAs, comment } = change;
  const said = comment === undefined || comment.trim() === "" ? "" : `: ${readComment(comment)}`;
  if (!incidentStates.includes(state))
    throw refused(`There is no state ${state}`, `It is one of ${incidentStates.join(", ")}`);
  if (state !== "closed") {
    if (closedAs !== undefined) throw refused("Only what is closed is closed as something", "Leave the reason out");
    if (row.state === state) throw refused(`${nameOf(row)} is ${state} already`, "Say something about it in a comment");
    const isOpened = row.state === "closed";
    return {
      ...{ kind: isOpened ? "reopened" : "state", fields: { state } },
      ...(isOpened ? { content: { closedAs: undefined, closedAt: undefined }, unmuted: [row.id] } : {}),
      sentence: `${isOpened ? "Reopened as" : "Now"} ${state}${said}`,
    };
  }
  if (closedAs === undefined || !closeReasons.includes(closedAs)) {
    throw refused(`${nameOf(row)} cannot be closed without a reason`, `Say one of ${closeReasons.join(", ")}`);
  }
  const isNoMatter = closedAs === "false-positive" || closedAs === "expected";
  return {
    ...{ kind: "state", fields: { state }, content: { closedAs, closedAt: at }, unmuted: [row.id] },
    mutes: isNoMatter ? mutesFor(row, at, (await table.partsOf([row.id], partsMax)).get(row.id)?.parts ?? []) : [],
    sentence: `Closed as ${closedAs.replaceAll("-", " ")}${said}`,
  };
}

/** Each rule for each it was about. */
function mutesFor(row: IncidentRow, at: number, parts: readonly { readonly content: unknown }[]): MuteRow[] {
  const mutes = new Map<string, MuteRow>();
  for (const { content } of parts) {
    const { rule, subject } = readPart(content);
    mutes.set(`${rule} ${subject}`, { rule, subject, incident: row.id, at });
  }
  return [...mutes.values()];
}

function readComment(text: string): string {
  const comment = text.trim();
  if (comment === "") throw refused("A comment says something", "Write it");
  if (comment.length > commentLengthMax) {
    throw refused(`A comment has at most ${commentLengthMax} characters`, "Say less, or say where more is written");
  }
  return comment;
}
