import type { Incident, IncidentDetails, Silence } from "../../incidents/index.ts";
import type { VerdictView } from "../../verify/index.ts";
import type { IncidentAnswer, IncidentDetailsAnswer, SilenceAnswer } from "./incident-schemas.ts";
import { isoOf } from "./instants.ts";

export function printIncident(incident: Incident): IncidentAnswer {
  const { id, name, title, state, closedAs, severity, owner, accountIds, regions, findings, events } = incident;
  const { tactics, techniques, entities, summary, silentUntil, mergedInto } = incident;
  return {
    ...{ id, name, title, state, closedAs: closedAs ?? null, severity, owner, accountIds, regions },
    firstAt: isoOf(incident.firstAt),
    lastAt: isoOf(incident.lastAt),
    openedAt: isoOf(incident.openedAt),
    changedAt: isoOf(incident.changedAt),
    ...{ findings, events, tactics, techniques, entities, summary },
    silentUntil: isoOf(silentUntil),
    mergedInto: mergedInto ?? null,
  };
}

/** With what is known of the log files that its events came in. */
export function printDetails(
  incident: IncidentDetails,
  verdicts: ReadonlyMap<string, VerdictView>,
): IncidentDetailsAnswer {
  const { parts, timeline, history, questions, actors } = incident;
  return {
    ...printIncident(incident),
    parts: parts.map((part) => ({ ...part, from: isoOf(part.from), to: isoOf(part.to) })),
    timeline: timeline.map((entry) => ({
      ...entry,
      time: isoOf(entry.time),
      verdict: verdicts.get(entry.logFile)?.verdict.kind ?? null,
    })),
    history: history.map((entry) => ({ ...entry, at: isoOf(entry.at) })),
    questions: questions.map((each) => ({ ...each, from: isoOf(each.from), to: isoOf(each.to) })),
    actors: actors.map((actor) => ({
      ...actor,
      firstSeen: isoOf(actor.firstSeen),
      usualAddresses: [...actor.usualAddresses],
      usualCalls: [...actor.usualCalls],
    })),
  };
}

export function printSilence({ id, until, createdAt, by, reason, scope }: Silence): SilenceAnswer {
  return { id, until: isoOf(until), createdAt: isoOf(createdAt), by, reason, scope };
}
