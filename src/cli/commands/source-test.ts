import type { TestMessage } from "../../server/index.ts";
import { openClient, problemError, readLines } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printDuration } from "../print/figures.ts";
import { printFinding } from "../print/findings.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf, serverGone } from "../source-request.ts";

export const sourceTestCommand: Command = defineCommand({
  name: "source-test",
  summary:
    "Look at a source, make a harmless call, and time its way into search; ends with 1 when something is not well",
  usage: "NAME",
  options: {
    ...dataOptions,
    wait: { type: "string", value: "SECONDS", summary: "How long to wait for the call's event (default 900)" },
    "no-call": { type: "boolean", summary: "Only look; make no call" },
    json: { type: "boolean", summary: "Print each step as a line of JSON" },
  },
  examples: ["trailwarden source test prod", "trailwarden source test prod --no-call"],
  async run(args, context) {
    const name = nameOf(sourceTestCommand, args);
    const waitSeconds = readWait(textOption(args, "wait"));
    await using client = await openClient(args, context);
    const mayCall = client.address !== undefined && !flagOption(args, "no-call");
    const response = await client.ok(
      client.api.collect.sources[":name"].test.$post({ param: { name }, json: { waitSeconds, mayCall } }),
    );
    for await (const message of readLines<TestMessage>(response)) {
      if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
      if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(message)}\n`);
      else if (message.kind === "waiting") {
        context.terminal.status(`${message.sentence}; ${printDuration(message.elapsedMs / 1_000)} so far`);
      } else {
        for (const line of printStep(message)) await context.terminal.data(`${line}\n`);
      }
      if (message.kind !== "done") continue;
      if (client.address === undefined) {
        context.terminal.talk(
          "No call was made: no server runs on this data folder, so nothing would collect its event",
        );
      }
      return message.isGood ? 0 : 1;
    }
    throw serverGone();
  },
});

function printStep(step: TestMessage): readonly string[] {
  switch (step.kind) {
    case "finding":
      return printFinding(step.finding);
    case "called":
      return [`✓ ${step.operation} was called, to be known by ${safeText(step.mark)} in its user agent`];
    case "searchable":
      return [
        `✓ Searchable after ${printDuration(step.elapsedMs / 1_000)}: trailwarden show ${safeText(step.eventId)}`,
      ];
    case "gave-up":
      return [`✗ Not searchable after ${printDuration(step.elapsedMs / 1_000)}`, `  ${safeText(step.sentence)}`];
    default:
      return [];
  }
}

function readWait(text: string | undefined): number {
  const seconds = Number(text ?? "900");
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600) return seconds;
  throw new CommandError(`--wait ${text ?? ""} is no whole number from 1 to 3600`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --wait 600",
  });
}
