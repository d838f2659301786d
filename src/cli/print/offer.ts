import type { OfferAnswer, OfferMessage } from "../../server/index.ts";
import { printFinding } from "./findings.ts";
import { safeText } from "./safe-text.ts";

type Step = OfferAnswer["plan"]["steps"][number];

/** What would be done, each step with its price and its way back. */
export function printPlan({ plan }: OfferAnswer): string {
  const { bucket, region, accountId, steps } = plan;
  return [
    `Plan ${plan.id}: the bucket ${bucket} in ${region}, of account ${accountId}\n`,
    ...steps.map((step, index) => printStep(step, index + 1)),
  ].join("\n");
}

/** What the person does whose account the trail is of. */
export function printInstructions({ plan, instructions, source }: OfferAnswer, name: string | undefined): string {
  const { bucket, region } = plan;
  const below = source.prefix === "" ? "" : ` --prefix ${source.prefix}`;
  return [
    `The name to paste: ${bucket}\n`,
    "In the console of AWS:",
    ...instructions.console.map((line, index) => `  ${index + 1}. ${safeText(line)}`),
    "\nOr with the AWS CLI:",
    ...indented(instructions.cli),
    "\nOr with Terraform:",
    ...indented(instructions.terraform),
    ...(name === undefined
      ? [
          "\nThen collect from it:",
          `  trailwarden source add bucket NAME --bucket ${bucket} --region ${region}${below}`,
        ]
      : []),
    "",
  ].join("\n");
}

const words: Readonly<Record<string, string>> = { done: "done", "was so already": "is so already" };

/** What became of a step. */
export function printApplied({ step }: OfferMessage & { readonly kind: "step" }): readonly string[] {
  const { id, kind, finding, before = "", now = "" } = step;
  if (finding !== undefined) return printFinding(finding);
  if (kind !== "changed meanwhile") return [`✓ ${id}: ${words[kind] ?? kind}`];
  return [
    `✗ ${id}: it was "${safeText(before)}" when the plan was made, and is "${safeText(now)}" now`,
    "  Nothing more was done; look at the new plan",
  ];
}

function printStep({ what, why, before, after, undo, cost, isDone }: Step, number: number): string {
  const facts: readonly (readonly [name: string, text: string])[] = [
    ["why", why],
    ["now", before],
    ["then", isDone ? "stays as it is" : after],
    ["undo", undo],
    ["cost", cost],
  ];
  return [
    `${number}. ${safeText(what)}${isDone ? " (it is so already)" : ""}\n`,
    ...facts.map(([name, text]) => `   ${name.padEnd(6)}${indentedJson(text)}\n`),
  ].join("");
}

/** A policy is easier read over several lines. */
function indentedJson(value: string): string {
  if (!value.startsWith("{")) return safeText(value);
  try {
    const lines = JSON.stringify(JSON.parse(value), undefined, 2).split("\n");
    return lines.map(safeText).join("\n         ");
  } catch {
    return safeText(value);
  }
}

function indented(text: string): string[] {
  return text.split("\n").map((line) => `  ${safeText(line)}`);
}
