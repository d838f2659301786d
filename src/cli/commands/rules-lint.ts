import type { Refusal, Remark } from "../../detect/index.ts";
import { defineCommand, flagOption } from "../command.ts";
import { plural } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { readRuleFiles, ruleOptions } from "../rule-files.ts";

export const rulesLintCommand = defineCommand({
  name: "rules-lint",
  summary: "Read Sigma rules and say which cannot be run, with line and reason; ends with 1 when there are any",
  usage: "PATH…",
  options: ruleOptions,
  examples: [
    "trailwarden rules lint ./rules",
    "trailwarden rules lint --json sigma/rules/cloud/aws | jq .refusals",
    "trailwarden rules lint --values lists.json my-rule.yml",
  ],
  async run(args, context) {
    const files = await readRuleFiles(args, context);
    const readings = files.map(({ reading }) => reading);
    const { assembleRules } = await import("../../detect/index.ts");
    const assembly = assembleRules(readings.flatMap(({ documents }) => documents));
    const refusals = [...readings.flatMap((reading) => reading.refusals), ...assembly.refusals].toSorted(byPlace);
    const warnings = [...readings.flatMap((reading) => reading.warnings), ...assembly.warnings].toSorted(byPlace);
    const runnable = assembly.rules.length + assembly.correlations.length;
    if (flagOption(args, "json")) {
      const whole = { files: files.length, runnable, refusals, warnings };
      await context.terminal.data(`${JSON.stringify(whole, undefined, 2)}\n`);
    } else {
      const lines = [
        ...refusals.map(printRefusal),
        ...warnings.map((each) => `${printPlace(each)} warning: ${each.reason}`),
      ];
      const summary = `${plural(runnable, "rule")} in ${plural(files.length, "file")} can be run, ${refusals.length} cannot; ${plural(warnings.length, "warning")}`;
      await context.terminal.data([...lines, summary].map((line) => `${safeText(line)}\n`).join(""));
    }
    return refusals.length > 0 ? 1 : 0;
  },
});

function printRefusal(refusal: Refusal): string {
  const title = refusal.title === undefined ? "" : ` (${refusal.title})`;
  return `${printPlace(refusal)} ${refusal.reason}${title}`;
}

function printPlace({ path, line, column }: Remark): string {
  return `${path}:${line}:${column}:`;
}

function byPlace(a: Remark, b: Remark): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column;
}
