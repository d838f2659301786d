import type { CoverageAnswer, PackageOutcomeAnswer, RuleAnswer, RuleDetailsAnswer } from "../../server/index.ts";
import { plural, printAgo, printCount, printDuration } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

const firing = { yes: "yes", no: "no", partly: "partly", unknown: "?" } as const;

/** Rules as a table: what is shown of many. */
export function printRules(rules: readonly RuleAnswer[], columns: number): string {
  return printTable(
    ["severity", "is", "can fire", "found", "rule", "title"],
    rules.map(({ level, status, canFire, findings, title, ...rule }) => [
      level,
      rule.origin === "" ? `${status}, gone` : status,
      firing[canFire.answer],
      findings === 0 ? "" : printCount(findings),
      shortName(rule),
      title,
    ]),
    columns,
  );
}

/** The folder of one of ours, the path of another: what a person types. */
export function shortName({ key, origin, path }: Pick<RuleAnswer, "key" | "origin" | "path">): string {
  if (path === "" || origin === "search" || key.startsWith("refused:")) return key;
  const place = path.replace(/\/rule\.ya?ml$/i, "");
  return origin === "trailwarden" ? (place.split("/").at(-1) ?? place) : place;
}

/** Everything about one rule. */
export function printRule(rule: RuleDetailsAnswer, now: number): string {
  const { head, staged, refusal, canFire, package: of } = rule;
  const rows: readonly (readonly [string, string])[] = [
    ["Key", rule.key],
    ["From", of === null ? rule.origin : `${rule.origin} ${of.version} (${of.license || "licence unknown"})`],
    ["Path", rule.path],
    ["Severity", `${rule.level}, its findings become ${outcomeWords[rule.outcome]}`],
    ["Is", statusWords(rule)],
    ["Repeats", rule.dedupMs > 0 ? `within ${printDuration(rule.dedupMs / 1000)} are one finding` : ""],
    ["Can fire", canFire.reason === "" ? canFire.answer : `${canFire.answer}: ${canFire.reason}`],
    ["Found", foundWords(rule, now)],
    ["ATT&CK", [...rule.tactics, ...rule.techniques].join(", ")],
    ["Author", head?.author ?? ""],
    ["Note", rule.note],
    ["Staged", staged === null ? "" : stagedWords(staged)],
    ["Refused", refusal === null ? "" : `${refusal.path}:${refusal.line}:${refusal.column}: ${refusal.reason}`],
  ];
  const facts = rows.filter(([, text]) => text !== "").map(([name, text]) => `${name.padEnd(10)}${oneLine(text)}\n`);
  return [
    `${safeText(rule.title)}\n\n`,
    ...facts,
    ...section("Why", head?.description ?? ""),
    ...section("False positives", [...(head?.falsePositives ?? []), head?.own.falsePositives ?? ""].join("\n")),
    ...section("What to do", head?.own.runbook ?? ""),
    ...section(
      "Tuned",
      rule.tunings
        .map(({ name, query, reason, until }) => `${name}: without ${query} (${reason}${ends(until)})`)
        .join("\n"),
    ),
  ].join("");
}

const outcomeWords = { observation: "observations", incident: "incidents", notification: "notifications" } as const;

function statusWords({ status, origin }: RuleDetailsAnswer): string {
  return origin === "" ? `${status}; the rule is gone` : status;
}

function foundWords({ hits, findings, lastAt }: RuleDetailsAnswer, now: number): string {
  if (hits === 0) return "nothing in the last 30 days";
  const last = lastAt === null ? "" : `, the last ${printAgo(lastAt, now)}`;
  return `${plural(findings, "finding")} of ${plural(hits, "hit")} in the last 30 days${last}`;
}

function stagedWords({ since, until, findingsMax }: NonNullable<RuleDetailsAnswer["staged"]>): string {
  return `since ${since.slice(0, 10)}; promoted on ${until.slice(0, 10)} with at most ${plural(findingsMax, "finding")}`;
}

function ends(until: string | null): string {
  return until === null ? "" : `, until ${until.slice(0, 16)}Z`;
}

function oneLine(text: string): string {
  return safeText(text.replaceAll(/\s*\n\s*/g, "; "));
}

function section(title: string, text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? [] : [`\n${title}\n`, ...lines.map((line) => `  ${safeText(line)}\n`)];
}

/** What an import does, or would do. */
export function printOutcome({ added, changed, same, gone, refused }: PackageOutcomeAnswer, others: number): string {
  return [
    ...refused.map(({ path, line, column, reason }) => `${path}:${line}:${column}: cannot be run: ${reason}`),
    `${plural(added, "rule")} new, ${printCount(changed)} changed, ${printCount(same)} the same, ${printCount(gone)} gone`,
    ...(refused.length === 0 ? [] : [`${plural(refused.length, "rule")} refused`]),
    ...(others === 0 ? [] : [`${plural(others, "rule")} about other sources left out`]),
  ]
    .map((line) => `${safeText(line)}\n`)
    .join("");
}

/** Tactics with their techniques; those that no rule sees stand last. */
export function printCoverage({ tactics }: CoverageAnswer): string {
  return tactics
    .map(({ id, name, techniques }) => {
      const seen = techniques.filter(({ rules, blind }) => rules.length + blind.length > 0);
      const rest = techniques.filter(({ rules, blind }) => rules.length + blind.length === 0);
      const able = techniques.filter(({ rules }) => rules.length > 0).length;
      const lines = [
        `${id}  ${name}: ${able} of ${plural(techniques.length, "technique")}`,
        ...seen.map(({ id: technique, name: title, rules, blind }) => {
          const cannot = blind.length === 0 ? "" : `, ${printCount(blind.length)} cannot fire`;
          return `  ${technique.padEnd(10)} ${title}: ${plural(rules.length, "rule")}${cannot}`;
        }),
        ...(rest.length === 0 ? [] : [`  none for ${rest.map(({ id: technique }) => technique).join(", ")}`]),
      ];
      return lines.map((line) => `${safeText(line)}\n`).join("");
    })
    .join("\n");
}
