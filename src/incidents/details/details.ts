import type { IncidentRow } from "../../state/index.ts";
import type { IncidentDetails, IncidentFinding } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import { type Part, readPart } from "../part.ts";
import { incidentOf } from "../stored.ts";
import { partsMax } from "../taking/finish.ts";
import { historyEntry } from "../telling/history.ts";
import { profilesOf } from "./actors.ts";
import { evidenceOf } from "./evidence-of.ts";
import { questionsOf } from "./questions.ts";
import { timelineOf } from "./timeline.ts";

/** A finding of an incident with its events' keys and times. */
export interface ToldFinding {
  readonly finding: string;
  readonly part: Part;
  readonly events: readonly {
    readonly key: string;
    readonly account: string;
    readonly id: string;
    readonly time: number;
  }[];
}

/** All that is told of one incident. */
export async function detailsOf(
  row: IncidentRow,
  options: IncidentOptions,
  signal: AbortSignal,
): Promise<IncidentDetails> {
  const { table } = options;
  const stored = (await table.partsOf([row.id], partsMax)).get(row.id)?.parts ?? [];
  const told = await evidenceOf(
    stored.map(({ finding, content }) => ({ finding, part: readPart(content) })),
    options,
  );
  const { entries, wholes } = await timelineOf(told, options, signal);
  const incident = incidentOf(row);
  return {
    ...incident,
    parts: told.map(partOf),
    timeline: entries,
    history: (await table.history(row.id)).map(historyEntry),
    questions: questionsOf(
      incident,
      told.map(({ part }) => part),
    ),
    actors: await profilesOf({ row, told, wholes }, options, signal),
  };
}

/** Events that a finding shows. */
const shownMax = 100;

function partOf({ finding, part, events }: ToldFinding): IncidentFinding {
  const { rule, title, level, from, to, hits, tags, actorName } = part;
  return {
    ...{ id: finding, rule, title, level, from, to, hits, tags, actorName },
    events: events.slice(0, shownMax).map(({ key }) => key),
  };
}
