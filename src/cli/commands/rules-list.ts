import type { RuleAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments } from "../command.ts";
import { plural } from "../print/figures.ts";
import { printRules } from "../print/rules.ts";
import { safeText } from "../print/safe-text.ts";
import { askRules } from "../rule-request.ts";

export const rulesListCommand = defineCommand({
  name: "rules-list",
  summary: "All rules: whether they are on, whether they can fire with what is collected, how often they did",
  usage: "",
  options: {
    ...dataOptions,
    tactic: { type: "string", value: "TACTIC", summary: "Of this tactic of ATT&CK: persistence, Initial Access" },
    technique: { type: "string", value: "ID", summary: "Of this technique of ATT&CK: T1078, and its kinds too" },
    status: { type: "string", value: "STATUS", summary: "on, off, staged or refused" },
    level: { type: "string", value: "LEVEL", summary: "informational, low, medium, high or critical" },
    origin: { type: "string", value: "ORIGIN", summary: "trailwarden, a package's name or search" },
    "cannot-fire": { type: "boolean", summary: "Those that cannot fire, with the reason" },
    json: { type: "boolean", summary: "Print as JSON, one rule a line" },
  },
  examples: [
    "trailwarden rules list --tactic persistence --level high",
    "trailwarden rules list --cannot-fire",
    "trailwarden rules list --json | jq -r 'select(.findings > 100) | .key'",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const all = await askRules(client);
    const rules = all.filter((rule) => isAsked(rule, args));
    if (flagOption(args, "json")) {
      for (const rule of rules) await context.terminal.data(`${JSON.stringify(rule)}\n`);
      return 0;
    }
    if (rules.length > 0) {
      const { columns } = context.terminal;
      await context.terminal.data(flagOption(args, "cannot-fire") ? printReasons(rules) : printRules(rules, columns));
    }
    context.terminal.talk(`${plural(rules.length, "rule")} of ${all.length}`);
    return 0;
  },
});

function isAsked(rule: RuleAnswer, args: Arguments): boolean {
  const [status, level, origin] = ["status", "level", "origin"].map((name) => textOption(args, name));
  const tactic = plain(textOption(args, "tactic") ?? "");
  const technique = (textOption(args, "technique") ?? "").toUpperCase();
  return (
    (status === undefined || rule.status === status) &&
    (level === undefined || rule.level === level) &&
    (origin === undefined || rule.origin === origin) &&
    (tactic === "" || rule.tactics.some((name) => plain(name) === tactic) || rule.tags.includes(`attack.${tactic}`)) &&
    (technique === "" || rule.techniques.some((id) => id === technique || id.startsWith(`${technique}.`))) &&
    (!flagOption(args, "cannot-fire") || rule.canFire.answer === "no")
  );
}

/** A tactic as tags have it. */
function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
}

function printReasons(rules: readonly RuleAnswer[]): string {
  return rules.map(({ title, canFire }) => `${safeText(title)}\n  ${safeText(canFire.reason)}\n`).join("");
}
