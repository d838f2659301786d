import type { FoundRule, HuntMessage, RefusedRule } from "../../server/index.ts";
import { openClient, problemError, readLines } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { plural, printCount } from "../print/figures.ts";
import { ProgressBar } from "../print/progress.ts";
import { safeText } from "../print/safe-text.ts";
import { readRuleFiles, readValueLists, ruleOptions } from "../rule-files.ts";
import { serverGone } from "../source-request.ts";

export const rulesHuntCommand = defineCommand({
  name: "rules-hunt",
  summary: "Look for rules, those in force or those of files, in everything that is stored; ends with 1 when one fires",
  usage: "[PATH…]",
  options: {
    ...dataOptions,
    ...ruleOptions,
    from: { type: "string", value: "TIME", summary: "Earliest event: 2026-01-02, 2026-01-02T03:00:00Z or now-30d" },
    to: { type: "string", value: "TIME", summary: "Event before which to stop" },
    examples: { type: "string", short: "n", value: "N", summary: "Events told of each rule that fires (default 3)" },
    json: { type: "boolean", summary: "Print as JSON, one line for each rule that fires, then the summary" },
  },
  examples: [
    "trailwarden rules hunt --from now-30d",
    "trailwarden rules hunt ./rules --from now-30d",
    "trailwarden rules hunt rules/persistence/new-key/rule.yml --json",
  ],
  async run(args, context) {
    const given = args.positionals.length === 0 ? {} : await readGiven(args, context);
    await using client = await openClient(args, context);
    const json = { ...given, ...readAsk(args) };
    const response = await client.ok(client.api.detect.hunts.$post({ json }));
    const bar = new ProgressBar(context.terminal, context.now);
    const isJson = flagOption(args, "json");
    const found: FoundRule[] = [];
    const refused: RefusedRule[] = [];
    for await (const message of readLines<HuntMessage>(response)) {
      if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
      if (message.kind === "progress") bar.show({ ...message, count: message.done });
      else if (isJson) await context.terminal.data(`${JSON.stringify(message)}\n`);
      if (message.kind === "found") found.push(message.found);
      if (message.kind === "refused") refused.push(message.refused);
      if (message.kind === "skipped")
        context.terminal.talk(safeText(`${message.title}: not hunted: ${message.reason}`));
      if (message.kind !== "summary") continue;
      if (!isJson) await context.terminal.data(printHunt(found));
      sayRest(message, refused, (line) => context.terminal.talk(line));
      return found.length > 0 ? 1 : 0;
    }
    throw serverGone();
  },
});

/** The files that were named, with the lists for their placeholders. */
async function readGiven(args: Arguments, context: CommandContext) {
  const files = await readRuleFiles(args, context);
  const lists = await readValueLists(args, context);
  return {
    files: files.map(({ path, text }) => ({ path, text })),
    values: Object.fromEntries([...lists].map(([name, of]) => [name, [...of]])),
  };
}

function readAsk(args: Arguments) {
  const [from, to, examples] = ["from", "to", "examples"].map((name) => textOption(args, name));
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(examples === undefined ? {} : { examples: readExamples(examples) }),
  };
}

const examplesMax = 100;

function readExamples(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= examplesMax) return number;
  throw new CommandError(`--examples ${text} is not a number from 0 to ${examplesMax}`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --examples 3",
  });
}

const order = ["critical", "high", "medium", "low", "informational"];

/** The most severe first; of these, the one that fired last. */
function printHunt(found: readonly FoundRule[]): string {
  return found
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || (a.lastAt < b.lastAt ? 1 : -1))
    .map(printFound)
    .join("");
}

function printFound({ of, title, level, count, firstAt, lastAt, examples, groups }: FoundRule): string {
  const what = plural(count, of === "rule" ? "event" : "time");
  const span = firstAt === lastAt ? second(lastAt) : `${second(firstAt)} to ${second(lastAt)}`;
  const lines = [
    `${level.padEnd(13)} ${title}: ${what}, ${span}`,
    ...examples.map(
      ({ time, account, eventName, principalArn, sourceIp, errorCode, id }) =>
        `  ${second(time)}  ${account}  ${eventName}${errorCode === "" ? "" : ` (${errorCode})`}  ${principalArn || "—"}  ${sourceIp}  ${id}`,
    ),
    ...groups.slice(0, 5).map((group) => `  ${group.join(", ")}`),
    ...(groups.length > 5 ? [`  … and ${printCount(count - 5)} more`] : []),
  ];
  return lines.map((line) => `${safeText(line)}\n`).join("");
}

function sayRest(
  { summary: { rules, correlations, fired, isCut } }: Extract<HuntMessage, { kind: "summary" }>,
  refused: readonly RefusedRule[],
  say: (line: string) => void,
): void {
  const invalid = refused.filter(({ kind }) => kind === "invalid");
  for (const { path, line, column, reason } of invalid) say(`${path}:${line}:${column}: cannot be run: ${reason}`);
  const others = refused.length - invalid.length;
  const left = others === 0 ? "" : `; ${plural(others, "rule")} about other sources left out`;
  say(`${printCount(fired)} of ${plural(rules, "rule")} and ${plural(correlations, "correlation")} fired${left}`);
  if (isCut)
    say("Correlations had too much to remember at once, and may lack stories: name a shorter span with --from");
}

function second(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}
