import type { DoctorAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf } from "../source-request.ts";

const signs = { good: "✓", bad: "✗", unknown: "?", allowed: "✓", denied: "✗" } as const;

export const doctorCommand: Command = defineCommand({
  name: "doctor",
  summary: "See whether a deployment has every right, and which feature lacks which; ends with 1 when one is lacking",
  usage: "NAME",
  options: {
    ...dataOptions,
    all: { type: "boolean", summary: "Name the rights that are there too" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden doctor prod", "trailwarden doctor prod --all"],
  async run(args, context) {
    const name = nameOf(doctorCommand, args, "deployment");
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.setup.deployments[":name"].doctor.$get({ param: { name } }));
    const answer = (await response.json()) as DoctorAnswer;
    const isGood = answer.lacking.length === 0 && answer.findings.every(({ state }) => state !== "bad");
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(answer, undefined, 2)}\n`);
    else await context.terminal.data(printDoctor(answer, flagOption(args, "all")));
    return isGood ? 0 : 1;
  },
});

function printDoctor({ findings, rows, lacking }: DoctorAnswer, isWhole: boolean): string {
  const shown = isWhole ? rows : rows.filter(({ state, isOptional }) => state === "denied" && !isOptional);
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  return [
    ...findings.map(({ state, sentence, help }) => line(signs[state], sentence, state === "good" ? "" : help)),
    ...shown.map(({ state, sentence, help }) => line(signs[state], sentence, state === "allowed" ? "" : help)),
    ...lacking.map(({ feature, actions }) => line("✗", `${feature} lacks ${actions.join(", ")}`, "")),
    `${count("allowed")} rights are there, ${count("denied")} are not, of ${count("unknown")} it could not be found out\n`,
  ].join("");
}

function line(sign: string, sentence: string, help: string): string {
  return `${sign} ${safeText(sentence)}\n${help === "" ? "" : `  ${safeText(help)}\n`}`;
}
