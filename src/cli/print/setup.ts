import type { CheckAnswer, DeploymentAnswer, HistoryAnswer, PlanAnswer, RunAnswer } from "../../server/index.ts";
import { plural, printAgo } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

type Step = PlanAnswer["plan"]["steps"][number];

export function printDeployments(all: readonly DeploymentAnswer[], now: number, columns: number): string {
  const rows = all.map(({ name, accountId, region, depth, lastCheck, isAgreed, source }) => [
    name,
    accountId,
    region,
    depth,
    lastCheck === null ? "—" : printAgo(lastCheck.at, now),
    isAgreed ? standing(lastCheck?.drifts) : "not set up yet",
    source ?? "—",
  ]);
  return printTable(["deployment", "account", "region", "depth", "looked", "way", "source"], rows, columns);
}

function standing(drifts: number | undefined): string {
  if (drifts === undefined) return "not looked at yet";
  return drifts === 0 ? "as agreed" : plural(drifts, "drift");
}

/** What would be done, each step with its reason, its price and its way back. */
export function printSetupPlan({ plan }: PlanAnswer): string {
  const { id, choice, steps, notes, obstacles } = plan;
  const said = choice.kind === "none" ? "" : `${safeText(choice.sentence)}\n`;
  return [
    `Plan ${id}: ${plural(steps.length, "change")}\n${said}`,
    ...obstacles.map(({ sentence, help }) => `✗ ${safeText(sentence)}\n  ${safeText(help)}\n`),
    ...steps.map((step, index) => printStep(step, index + 1)),
    ...notes.map((note) => `• ${safeText(note)}\n`),
  ].join("\n");
}

function printStep({ setting, what, why, before, after, cost, undo, isFresh }: Step, number: number): string {
  const facts: readonly (readonly [string, string])[] = [
    ["why", why],
    ...(isFresh === true ? [] : ([["now", valueText(before)]] as const)),
    // That a topic is there is all that is set of it.
    ["then", setting === "topic" && after === true ? "there" : valueText(after)],
    ["cost", cost],
    ["undo", undo],
  ];
  return [
    `${number}. ${safeText(what)}\n`,
    ...facts.map(([name, text]) => `   ${name.padEnd(6)}${text.split("\n").map(safeText).join("\n         ")}\n`),
  ].join("");
}

/** A setting's value for the eye: a switch as a word, a few parts as lines, a policy as the JSON that it is. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return "not there";
  if (typeof value !== "object") return plainText(value);
  if (Array.isArray(value)) return JSON.stringify(value, undefined, 2);
  const parts = Object.entries(value);
  if (parts.some(([, part]) => typeof part === "object")) return JSON.stringify(value, undefined, 2);
  return parts.map(([name, part]) => `${spoken(name)}: ${plainText(part)}`).join("\n");
}

function plainText(value: unknown): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  return value === "" ? "none" : String(value);
}

/** `retentionSeconds` as people say it. */
function spoken(name: string): string {
  return name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The same by hand. */
export function printCommands({ plan, instructions }: PlanAnswer): string {
  return instructions
    .map(({ stepId, commands }) => {
      const step = plan.steps.find(({ id }) => id === stepId);
      return [`# ${safeText(step?.what ?? stepId)}`, ...commands.map(safeText), ""].join("\n");
    })
    .join("\n");
}

const words: Readonly<Record<RunAnswer["steps"][number]["status"], string>> = {
  waiting: "·",
  begun: "…",
  done: "✓",
  failed: "✗",
  undone: "✓",
  left: "–",
};

/** What became of a step; nothing for what has not been begun. */
export function printRunStep({ step, status, problem }: RunAnswer["steps"][number]): readonly string[] {
  if (status === "waiting" || status === "begun") return [];
  const line = `${words[status]} ${safeText(step.what)}`;
  return problem === "" ? [line] : [line, `  ${safeText(problem)}`];
}

/** Each drift with who made it and what mends it; `automatic` is what needs no yes. */
export function printDrifts({ drifts }: CheckAnswer, automatic: readonly string[]): string {
  return drifts
    .map(({ check, about, sentence, loss, manner, help, heldBack, plan, culprit }) => {
      const needsYes = manner === "propose" || !(automatic.includes("all") || automatic.includes(check));
      const facts: readonly (readonly [string, string | undefined])[] = [
        ["lost", loss],
        ["who", culprit === null ? undefined : whoText(culprit)],
        ["then", plan?.steps.map(({ what }) => what).join("; ")],
        ["waits", plan === null ? undefined : (heldBack ?? (needsYes ? "for your yes" : undefined))],
        ["help", help === "" ? undefined : help],
      ];
      const lines = facts.flatMap(([name, text]) =>
        text === undefined ? [] : [`  ${name.padEnd(7)}${safeText(text)}\n`],
      );
      return [`✗ ${check}: ${safeText(about)}\n  ${safeText(sentence)}\n`, ...lines].join("");
    })
    .join("\n");
}

function whoText({ actor, eventName, eventTime, sourceIp, eventId }: NonNullable<HistoryAnswer["culprit"]>): string {
  return `${actor} by ${eventName} at ${eventTime} from ${sourceIp} (event ${eventId})`;
}

export function printHistoryEntries(entries: readonly HistoryAnswer[]): string {
  return entries
    .map(({ at, kind, check, sentence, culprit }) => {
      const what = check === "" ? kind : `${kind} ${check}`;
      const who = culprit === null ? "" : `\n${" ".repeat(26)}${safeText(whoText(culprit))}`;
      return `${at}  ${safeText(what)}: ${safeText(sentence)}${who}\n`;
    })
    .join("");
}
