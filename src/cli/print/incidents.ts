import type {
  FindingAnswer,
  FindingDetailsAnswer,
  IncidentAnswer,
  IncidentDetailsAnswer,
  SilenceAnswer,
} from "../../server/index.ts";
import { plural, printAgo } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

export function printIncidents(incidents: readonly IncidentAnswer[], now: number, columns: number): string {
  const rows = incidents.map((incident) => [
    incident.severity,
    incident.name,
    incident.state,
    incident.owner === "" ? "—" : incident.owner,
    printAgo(incident.lastAt, now),
    incident.accountIds.join(" "),
    incident.title,
  ]);
  const header = ["severity", "name", "state", "owner", "last event", "account", "title"];
  return printTable(header, rows, columns === 0 ? 0 : columns + titleMax, titleMax);
}

const titleMax = 200;

/** The whole story, read from the top: what, how bad, who, when, what next. */
export function printIncident(incident: IncidentDetailsAnswer, eventsMax: number): string {
  return [
    ...headOf(incident),
    ...section("what fired", incident.parts.map(partOf)),
    ...section("what happened", eventsOf(incident, eventsMax)),
    ...section("who and what", entitiesOf(incident)),
    ...section("what is known of them", incident.actors.flatMap(actorOf)),
    ...section("ask next", incident.questions.flatMap(questionOf)),
    ...section(
      "history",
      incident.history.map(({ at, by, sentence }) => `${second(at)}  ${sentence}${by === "" ? "" : ` (${by})`}`),
    ),
  ]
    .map((line) => `${safeText(line).trimEnd()}\n`)
    .join("");
}

function headOf(incident: IncidentDetailsAnswer): readonly string[] {
  const { name, title, severity, state, closedAs, owner, summary, tactics, techniques, silentUntil } = incident;
  const standing = closedAs === null ? state : `${state} as ${closedAs}`;
  return [
    `${name}  ${title}`,
    `${severity}, ${standing}, ${owner === "" ? "nobody's" : `${owner}'s`}${silentUntil === null ? "" : `, silent until ${second(silentUntil)}`}`,
    `${second(incident.firstAt)} to ${second(incident.lastAt)}, ${incident.accountIds.join(" ")}, ${incident.regions.join(" ")}`,
    ...(tactics.length === 0
      ? []
      : [`ATT&CK: ${tactics.join(" → ")}${techniques.length === 0 ? "" : ` (${techniques.join(" ")})`}`]),
    "",
    summary,
  ];
}

function section(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", name, ...lines.map((line) => `  ${line}`)];
}

function partOf({ level, title, hits, from, to }: IncidentDetailsAnswer["parts"][number]): string {
  const span = from === to ? second(from) : `${second(from)} to ${second(to)}`;
  return `${level.padEnd(13)} ${title} (${plural(hits, "time")}, ${span})`;
}

function eventsOf({ timeline }: IncidentDetailsAnswer, max: number): readonly string[] {
  const left = timeline.length - max;
  return [
    ...timeline
      .slice(0, max)
      .map(
        ({ time, eventName, errorCode, actorName, sourceIp, verdict, accountId, eventId }) =>
          `${second(time)}  ${eventName}${errorCode === "" ? "" : ` (${errorCode})`}  ${actorName}  ${sourceIp}  ${verdict ?? "unjudged"}  ${accountId}/${eventId}`,
      ),
    ...(left > 0 ? [`… and ${plural(left, "event")} more (--events ${timeline.length})`] : []),
  ];
}

/** Of each kind the first few: they come with the most events first. */
const entitiesMax = 5;

function entitiesOf({ entities }: IncidentDetailsAnswer): readonly string[] {
  return [...Map.groupBy(entities, ({ kind }) => kind)].flatMap(([kind, own]) => [
    ...own
      .slice(0, entitiesMax)
      .map(({ label, events }) => `${kind.padEnd(12)} ${shortened(label)} (${plural(events, "event")})`),
    ...(own.length > entitiesMax ? [`${"".padEnd(12)} … and ${own.length - entitiesMax} more`] : []),
  ]);
}

function shortened(label: string): string {
  return label.length <= 100 ? label : `${label.slice(0, 99)}…`;
}

function actorOf(actor: IncidentDetailsAnswer["actors"][number]): readonly string[] {
  const { name, lineage, firstSeen, events30d, usualAddresses, usualCalls } = actor;
  const usual = (values: typeof usualCalls) => values.map(({ value }) => value).join(", ");
  return [
    `${name}: ${plural(events30d, "event")} in the 30 days before, first seen ${firstSeen === null ? "with this" : second(firstSeen)}`,
    ...(lineage.length === 0 ? [] : [`  ${lineage.join(" ← ")}`]),
    ...(usualAddresses.length === 0 ? [] : [`  usually from ${usual(usualAddresses)}`]),
    ...(usualCalls.length === 0 ? [] : [`  usually calls ${usual(usualCalls)}`]),
  ];
}

function questionOf({ question, query, from, to }: IncidentDetailsAnswer["questions"][number]): readonly string[] {
  return [question, `  trailwarden search ${shellQuoted(query)} --from ${second(from)} --to ${second(to)}`];
}

/** As one word of a POSIX shell: a query is made of what stood in logs. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export function printFoundList(findings: readonly FindingAnswer[], columns: number): string {
  const rows = findings.map(({ level, isStaged, to, hits, accountId, actorName, title, incident }) => [
    isStaged ? `${level} (staged)` : level,
    second(to),
    String(hits),
    accountId,
    actorName === "" ? "—" : actorName,
    incident === null ? "—" : "yes",
    title,
  ]);
  const header = ["severity", "last hit", "hits", "account", "actor", "incident", "title"];
  return printTable(header, rows, columns === 0 ? 0 : columns + titleMax, titleMax);
}

export function printFound({ facts, events, ...head }: FindingDetailsAnswer): string {
  const lines = [
    `${head.level}  ${head.title}`,
    `rule      ${head.rule} (${facts.of})`,
    `time      ${second(head.from)} to ${second(head.to)}, ${plural(head.hits, "hit")}`,
    `account   ${head.accountId} ${head.region}`,
    `actor     ${head.actorName} ${facts.principalArn}`,
    `from      ${head.sourceIp}  ${facts.userAgent}`,
    `call      ${facts.eventSource} ${head.eventName}${facts.errorCode === "" ? "" : ` (${facts.errorCode})`}`,
    ...facts.resources.map((resource) => `resource  ${resource}`),
    ...facts.groupBy.map(({ field, value }) => `by        ${field} = ${value}`),
    ...(facts.indicator === null ? [] : [`listed    ${facts.indicator}`]),
    ...events.map((event) => `event     ${event}`),
  ];
  return lines.map((line) => `${safeText(line).trimEnd()}\n`).join("");
}

export function printSilences(silences: readonly SilenceAnswer[], columns: number): string {
  const rows = silences.map(({ id, until, by, scope, reason }) => [
    id,
    second(until),
    by,
    Object.entries(scope)
      .map(([name, value]) => `${name}=${value}`)
      .join(" "),
    reason,
  ]);
  return printTable(["id", "until", "by", "what", "reason"], rows, columns === 0 ? 0 : columns + titleMax, titleMax);
}

function second(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}
