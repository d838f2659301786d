import type { EventAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { safeText } from "../print/safe-text.ts";

export const showCommand = defineCommand({
  name: "show",
  summary: "Show one event whole, and where it came from",
  usage: "EVENT_ID",
  options: {
    ...dataOptions,
    account: { type: "string", value: "ID", summary: "The account, where several share the event's id" },
    raw: { type: "boolean", summary: "Print the record exactly as it came and nothing else" },
    json: { type: "boolean", summary: "Print everything that is known, as JSON" },
  },
  examples: [
    "trailwarden show 2f0a1c9e-5d3b-4e7a-9c1d-0b6f8a7e4c21",
    "trailwarden show --raw 2f0a1c9e-5d3b-4e7a-9c1d-0b6f8a7e4c21 | jq",
  ],
  async run(args, context) {
    const id = args.positionals[0];
    if (id === undefined || args.positionals.length > 1) {
      throw new CommandError("Say which event", {
        code: "arguments-invalid",
        fault: "user",
        help: "Give one event id, as search prints it",
      });
    }
    await using client = await openClient(args, context);
    const account = textOption(args, "account");
    const response = await client.ok(
      client.api.events[":id"].$get({ param: { id }, query: account === undefined ? {} : { account } }),
    );
    const answer = (await response.json()) as EventAnswer;
    if (flagOption(args, "raw")) await context.terminal.data(`${answer.raw}\n`);
    else if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(answer, undefined, 2)}\n`);
    else await context.terminal.data(printEvent(answer));
    return 0;
  },
});

function printEvent(answer: EventAnswer): string {
  const { event, logFile, seenFirstIn, others } = answer;
  const who = event.actor.session ? `${event.actor.name}, session ${event.actor.session}` : event.actor.name;
  const facts: [string, string][] = [
    ["what", `${event.eventName} (${event.eventSource})`],
    ["when", event.time],
    ["who", `${who} (${event.actor.kind}${event.actor.via ? `, via ${event.actor.via}` : ""})`],
    ["from", event.sourceIp],
    ["with", event.userAgent],
    ["where", `${event.region}, account ${event.account}`],
    ["result", event.errorCode === "" ? "succeeded" : `${event.errorCode}: ${event.errorMessage}`],
    ["log file", logFile === null ? "" : `${logFile.name} (sha256 ${logFile.sha256})`],
    ["seen first in", seenFirstIn ?? ""],
  ];
  const shown = facts.filter(([, text]) => text !== "").map(([name, text]) => `${name.padEnd(9)} ${safeText(text)}\n`);
  const more = others.length > 0 ? `\n${others.length} more with this id; choose one with --account\n` : "";
  return `${shown.join("")}\n${indented(answer.raw)}\n${more}`;
}

function indented(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), undefined, 2).split("\n").map(safeText).join("\n");
  } catch {
    return safeText(raw);
  }
}
