import type { RereadMessage } from "../../server/index.ts";
import { openClient, problemError, readLines } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { integrityOptions, readIntegrityAsk } from "../integrity-request.ts";
import { plural, printCount } from "../print/figures.ts";
import { ProgressBar } from "../print/progress.ts";
import { safeText } from "../print/safe-text.ts";

const { account, from, to } = integrityOptions;

export const integrityRereadCommand = defineCommand({
  name: "integrity-reread",
  summary:
    "Fetch proven log files from their buckets once more and find what was changed there since; then ends with 1",
  usage: "",
  options: {
    ...dataOptions,
    account,
    from: { ...from, summary: "Delivered from then on (default ever)" },
    to,
    sample: { type: "string", value: "N", summary: "At most so many, chosen by chance (default all)" },
    json: { type: "boolean", summary: "Print as JSON, one line for each that changed, then the summary" },
  },
  examples: ["trailwarden integrity reread --from now-30d", "trailwarden integrity reread --sample 500"],
  async run(args, context) {
    const sample = readSample(textOption(args, "sample"));
    await using client = await openClient(args, context);
    const { region: _everywhere, ...asked } = readIntegrityAsk(args);
    const json = { ...asked, ...(sample === undefined ? {} : { sample }) };
    const response = await client.ok(client.api.verify.rereads.$post({ json }));
    const bar = new ProgressBar(context.terminal, context.now);
    const isJson = flagOption(args, "json");
    for await (const message of readLines<RereadMessage>(response)) {
      if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
      if (message.kind === "progress") bar.show({ ...message, count: message.done, unit: "log files" });
      else if (isJson) await context.terminal.data(`${JSON.stringify(message)}\n`);
      else await context.terminal.data(printed(message));
      if (message.kind === "summary") return message.changed + message.gone > 0 ? 1 : 0;
    }
    throw new CommandError("The server went away while it read", {
      code: "server-unreachable",
      fault: "user",
      help: "Ask again; what it found is among trailwarden integrity findings",
    });
  },
});

function printed(message: Extract<RereadMessage, { kind: "changed" | "summary" }>): string {
  if (message.kind === "changed") return `✗ ${safeText(message.sentence)}\n`;
  const { read, same, changed, gone } = message;
  return `${plural(read, "log file")} read again: ${printCount(same)} as they were, ${printCount(changed)} changed, ${printCount(gone)} gone\n`;
}

function readSample(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const sample = Number(text);
  if (Number.isInteger(sample) && sample > 0) return sample;
  throw new CommandError(`The sample ${text} is not a whole number`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --sample 500",
  });
}
