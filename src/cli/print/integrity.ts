import type { ChainAnswer, IntegrityFindingAnswer, OverviewAnswer, StatementAnswer } from "../../server/index.ts";
import { plural, printCount } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

/** How all of it stands: a sentence, and the counts behind it. */
export function printOverview({ sentence, from, to, logFiles, digests, accounts, chains }: OverviewAnswer): string {
  const rows: readonly (readonly [name: string, counts: Readonly<Record<string, number>>])[] = [
    ["log files", logFiles],
    ["digests", digests],
  ];
  return [
    `${safeText(sentence)}\n\n`,
    `delivered  ${minute(from)} to ${minute(to)}, ${plural(accounts, "account")}, ${plural(chains, "chain")} of digests\n`,
    ...rows.map(([name, counts]) => `${name.padEnd(9)}  ${printCounts(counts)}\n`),
  ].join("");
}

/** What there is none of is not said. */
function printCounts(counts: Readonly<Record<string, number>>): string {
  const said = Object.entries(counts).filter(([, count]) => count > 0);
  return said.length === 0 ? "none" : said.map(([kind, count]) => `${printCount(count)} ${kind}`).join(", ");
}

/** Trails with how far all of their chains have come: a company has thousands of chains, and a few trails. */
export function printTrails(chains: readonly ChainAnswer[], columns: number): string {
  const trails = Map.groupBy(
    chains,
    ({ trail, homeRegion, organization }) => `${trail}\n${homeRegion}\n${organization}`,
  );
  const rows = [...trails.values()].map((of) => {
    const hourly = of.filter(({ isBackfill }) => !isBackfill);
    const heads = hourly.flatMap(({ head }) => head ?? []).sort();
    const overdue = of.filter(({ isOverdue }) => isOverdue).length;
    return [
      of[0]?.trail ?? "",
      printCount(new Set(of.map(({ account }) => account)).size),
      printCount(new Set(of.map(({ region }) => region)).size),
      heads[0] === undefined || heads.length < hourly.length ? "—" : minute(heads[0]),
      overdue === 0 ? "all chains are whole up to there" : `${plural(overdue, "chain")} overdue`,
    ];
  });
  return printTable(["trail", "accounts", "regions", "digests up to", "standing"], rows, columns);
}

export function printChains(chains: readonly ChainAnswer[], columns: number): string {
  const header = ["trail", "account", "region", "proven up to", "next digest", "standing"];
  const rows = chains.map(({ trail, isBackfill, account, region, head, nextDueAt, isOverdue, sentence }) => [
    isBackfill ? `${trail} (late files)` : trail,
    account,
    region,
    head === null ? "—" : minute(head),
    nextDueAt === null ? "—" : `${isOverdue ? "overdue, " : ""}${minute(nextDueAt)}`,
    sentence,
  ]);
  return printTable(header, rows, columns === 0 ? 0 : columns + sentenceMax, sentenceMax);
}

const sentenceMax = 400;

export function printFindings(findings: readonly IntegrityFindingAnswer[]): string {
  return findings
    .map(({ foundAt, account, region, settledAt, sentence, help, logFile, digest }) =>
      [
        `${settledAt === null ? "✗" : "✓"} ${minute(foundAt)}  ${safeText(account)} ${safeText(region)}  ${safeText(sentence)}`,
        ...(settledAt === null ? [] : [`settled ${minute(settledAt)}`]),
        ...(logFile === "" ? [] : [`log file ${safeText(logFile)}`]),
        ...(digest === "" ? [] : [`digest   ${safeText(digest)}`]),
        ...(settledAt === null && help !== "" ? [safeText(help)] : []),
      ].join("\n  "),
    )
    .map((text) => `${text}\n`)
    .join("");
}

/** A sentence for each day, and below it the reasons that it does not say itself. */
export function printStatements(statements: readonly StatementAnswer[]): string {
  return statements
    .map(({ account, day, isComplete, isProblem, sentence, reasons }) =>
      [
        `${isComplete ? "✓" : isProblem ? "✗" : "…"} ${day}  ${safeText(account)}  ${safeText(sentence)}\n`,
        ...reasons
          .filter((reason) => !sentence.toLowerCase().includes(reason.toLowerCase()))
          .map((reason) => `    ${safeText(reason)}\n`),
      ].join(""),
    )
    .join("");
}

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")}Z`;
}
