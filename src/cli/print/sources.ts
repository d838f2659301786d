import type { KindAnswer, SourceAnswer } from "../../server/index.ts";
import { plural, printAgo, printCount, printDuration, printShare } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

const sentenceMax = 300;

/** Waiting, Online, …: a status as people read it. */
export function printStatus(status: SourceAnswer["status"]): string {
  return status.slice(0, 1).toUpperCase() + status.slice(1);
}

/** One line a source, and below it what to do for each that is not well. */
export function printSources(sources: readonly SourceAnswer[], now: number, columns: number): string {
  const header = ["name", "kind", "status", "last event", "lag", "events/min", "events", "what is"];
  const rows = sources.map((source) => [
    source.name,
    source.type,
    printStatus(source.status),
    printAgo(source.figures.lastEventAt, now),
    printLag(source),
    printCount(Math.round(source.eventsPerMinute)),
    printCount(source.figures.events),
    whatIs(source),
  ]);
  const helps = sources.flatMap(({ name, sentence, help }) =>
    help === null ? [] : [`\n${name}: ${safeText(sentence)}\n  ${safeText(help)}\n`],
  );
  return `${printTable(header, rows, columns, sentenceMax)}${helps.join("")}`;
}

/** Everything that is known of a source. */
export function printSource(source: SourceAnswer, kind: KindAnswer | undefined, now: number): string {
  const { figures } = source;
  const facts: readonly (readonly [name: string, text: string])[] = [
    ["kind", `${source.type}${source.isBuiltIn ? ", kept by Trailwarden itself" : ""}`],
    ["place", source.place],
    ["status", `${printStatus(source.status)}: ${source.sentence}`],
    ["what to do", source.help ?? ""],
    ["AWS said", source.cause ?? ""],
    ["progress", printProgress(source)],
    ["added", source.createdAt],
    ["last looked", printAgo(source.lookedAt, now)],
    ["last file", printAgo(figures.lastFileAt, now)],
    ["last event", printAgo(figures.lastEventAt, now)],
    ["lag", printLag(source)],
    ["rate", `${printCount(Math.round(source.eventsPerMinute))} events a minute`],
    ["messages", figures.messages === 0 ? "" : printCount(figures.messages)],
    ["log files", printCount(figures.logFiles)],
    ["events", `${printCount(figures.events)} stored, ${plural(figures.duplicates, "duplicate")}`],
    ["set aside", setAsideText(source)],
    ["ledger", ledgerText(source)],
  ];
  return [
    `${source.name}\n`,
    ...facts.filter(([, text]) => text !== "").map(([name, text]) => `  ${name.padEnd(11)} ${safeText(text)}\n`),
    ...part(
      "Settings",
      Object.entries(source.settings).map(([name, value]) => [name, settingText(value)]),
    ),
    ...part(
      "Swallowed",
      Object.entries(figures.swallowed).map(([what, count]) => [what, printCount(count)]),
    ),
    ...part(
      "Rights that it needs",
      (kind?.permissions ?? []).map(({ action, purpose, isOptional }) => [
        action,
        `${purpose}${isOptional ? " (it can do without)" : ""}`,
      ]),
    ),
  ].join("");
}

function whatIs(source: SourceAnswer): string {
  const { progress, sentence } = source;
  return progress === null ? sentence : `${sentence}. ${printProgress(source)}`;
}

function printProgress({ progress }: SourceAnswer): string {
  if (progress === null) return "";
  return `${progress.what}: ${printCount(progress.done)} of ${printCount(progress.total)} ${progress.unit}`;
}

function printLag({ lagMs }: SourceAnswer): string {
  return lagMs === null ? "—" : printDuration(Math.round(lagMs / 1_000));
}

function setAsideText({ setAside, name }: SourceAnswer): string {
  return setAside === 0 ? "nothing" : `${plural(setAside, "message")}; see trailwarden source aside ${name}`;
}

/** Only what lies in buckets is in the ledger. */
function ledgerText({ ledger }: SourceAnswer): string {
  const { completeness, known, read, waiting, failing, leftOut } = ledger;
  if (known === 0 && leftOut === 0) return "";
  return (
    `${printShare(completeness)}: ${printCount(read)} of ${plural(known, "log file")} read, ` +
    `${printCount(waiting)} waiting, ${printCount(failing)} failing, ${printCount(leftOut)} left out`
  );
}

function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function part(title: string, rows: readonly (readonly [name: string, text: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.length === 0
    ? []
    : [`\n${title}\n`, ...rows.map(([name, text]) => `  ${safeText(name.padEnd(width))}  ${safeText(text)}\n`)];
}
