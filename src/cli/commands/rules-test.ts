import type { Assembly, Refusal, RuleTest } from "../../detect/index.ts";
import { defineCommand, flagOption } from "../command.ts";
import { plural } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { readBeside, readRuleFiles, type RuleFile, ruleOptions } from "../rule-files.ts";

interface FileTest {
  readonly path: string;
  readonly tests: readonly RuleTest[];
  readonly refusals: readonly Refusal[];
}

export const rulesTestCommand = defineCommand({
  name: "rules-test",
  summary: "Hold rules against the examples beside them, match.jsonl and pass.jsonl; ends with 1 when one fails",
  usage: "PATH…",
  options: ruleOptions,
  examples: ["trailwarden rules test ./rules", "trailwarden rules test rules/persistence/new-key/rule.yml"],
  async run(args, context) {
    const files = await readRuleFiles(args, context);
    const results: FileTest[] = [];
    for (const file of files) results.push(await testFile(file));
    const failed = results.reduce(
      (sum, { tests, refusals }) => sum + refusals.length + tests.filter(isFailed).length,
      0,
    );
    const passed = results.reduce((sum, { tests }) => sum + tests.filter((test) => !isFailed(test)).length, 0);
    if (flagOption(args, "json")) {
      const whole = { passed, failed, files: results.map(forJson) };
      await context.terminal.data(`${JSON.stringify(whole, undefined, 2)}\n`);
    } else {
      const lines = [...results.flatMap(printFile), `${plural(passed, "rule")} passed, ${failed} failed`];
      await context.terminal.data(lines.map((line) => `${safeText(line)}\n`).join(""));
    }
    return failed > 0 ? 1 : 0;
  },
});

/** A file is tested by itself: what tunes its rules elsewhere plays no part. */
async function testFile({ path, folder, reading }: RuleFile): Promise<FileTest> {
  const { assembleRules, testRules } = await import("../../detect/index.ts");
  const assembly = assembleRules(reading.documents);
  const examples = new Map<string, string | undefined>();
  for (const name of exampleNames(assembly)) examples.set(name, await readBeside(folder, name));
  const tests = testRules(assembly, (name) => examples.get(name));
  return { path, tests, refusals: [...reading.refusals, ...assembly.refusals] };
}

function exampleNames({ rules, correlations }: Assembly): ReadonlySet<string> {
  const documents = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)];
  return new Set(documents.flatMap(({ own }) => [own.tests.match, own.tests.pass]));
}

function isFailed({ failures }: RuleTest): boolean {
  return failures.length > 0;
}

function printFile({ path, tests, refusals }: FileTest): readonly string[] {
  return [
    ...refusals.map(({ line, column, reason }) => `fail  ${path}:${line}:${column}: ${reason}`),
    ...tests.flatMap((test) => {
      const what = `${path}  ${test.rule.title} (${test.match} match, ${test.pass} pass)`;
      const lines = test.failures.map(
        ({ file, line, reason }) => `      ${file}${line > 0 ? `:${line}` : ""}: ${reason}`,
      );
      return [`${isFailed(test) ? "fail" : "ok  "}  ${what}`, ...lines];
    }),
  ];
}

function forJson({ path, tests, refusals }: FileTest) {
  return {
    path,
    refusals,
    tests: tests.map(({ rule, match, pass, failures }) => ({
      rule: rule.key,
      title: rule.title,
      match,
      pass,
      failures,
    })),
  };
}
