import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { CaseSummary } from "../../verify/index.ts";
import { openClient } from "../client.ts";
import {
  dataOptions,
  defineCommand,
  flagOption,
  givenOptions,
  textOption,
  type Arguments,
  type CommandContext,
} from "../command.ts";
import { CommandError } from "../errors.ts";
import { plural, printBytes } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";

export const caseExportCommand = defineCommand({
  name: "case-export",
  summary:
    "Seal events with what proves them into a file that anybody can check offline; ends with 1 when not all is proven",
  usage: "",
  options: {
    ...dataOptions,
    query: { type: "string", value: "QUERY", summary: "Which events (default all of the span)" },
    from: { type: "string", value: "TIME", summary: "Earliest time: 2026-01-02, 2026-01-02T03:04:05Z or now-7d" },
    to: { type: "string", value: "TIME", summary: "Time before which to stop" },
    out: { type: "string", short: "o", value: "FILE", summary: "Where to write it, such as case.tar.gz" },
    title: { type: "string", value: "TEXT", summary: "What stands on its page" },
    note: { type: "string", value: "TEXT", summary: "What else stands there: why it was made, for whom" },
    by: { type: "string", value: "NAME", summary: "Who makes it (default this machine's name for you)" },
    limit: { type: "string", short: "n", value: "N", summary: "Refuse when there are more events (default 10000)" },
    lean: {
      type: "boolean",
      summary: "Leave out log files that hold no event of the case; AWS CLI then says that it does not find them",
    },
    json: { type: "boolean", summary: "Print what is in it as JSON" },
  },
  examples: [
    "trailwarden case export --query 'user:mary error:*' --from 2026-01-01 --to 2026-01-08 --out mary.tar.gz",
    "trailwarden case export --query eventName:DeleteTrail --from now-30d --out trail.tar.gz --title 'Who deleted it'",
  ],
  async run(args, context) {
    const out = readOut(args, context);
    const json = readBody(args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.verify.cases.$post({ json }));
    // Beside where it will lie, so that it appears there whole or not at all.
    const part = `${out}.part-${process.pid}`;
    try {
      await pipeline(response.body ?? [], createWriteStream(part, { flags: "wx", mode: 0o600 }));
      const { readCase } = await import("../../verify/index.ts");
      const summary = await readCase(createReadStream(part));
      const { size } = await stat(part);
      await rename(part, out);
      const text = flagOption(args, "json")
        ? `${JSON.stringify({ file: out, sizeBytes: size, ...summary }, undefined, 2)}\n`
        : printSummary(out, size, summary);
      await context.terminal.data(text);
      return summary.claims.isAllProven ? 0 : 1;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  },
});

function readOut(args: Arguments, context: CommandContext): string {
  const out = textOption(args, "out");
  if (out !== undefined && out !== "") return resolve(context.workingDirectory, out);
  throw new CommandError("Say where to write the case", {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --out case.tar.gz",
  });
}

function readBody(args: Arguments) {
  const limit = textOption(args, "limit");
  if (limit !== undefined && !(Number.isInteger(Number(limit)) && Number(limit) > 0)) {
    throw new CommandError(`The limit ${limit} is not a whole number`, {
      code: "arguments-invalid",
      fault: "user",
      help: "Write --limit 50000",
    });
  }
  return {
    ...givenOptions(args, ["query", "from", "to", "title", "note"]),
    by: textOption(args, "by") ?? userInfo().username,
    lean: flagOption(args, "lean"),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}

const listed = 20;

function printSummary(out: string, sizeBytes: number, { claims, open, seal, folder }: CaseSummary): string {
  const { events, eventsProven, logFiles, logFilesProven, digests, digestsValid } = claims;
  const more = open.length > listed ? [`  … and ${open.length - listed} more; its README.html lists them`] : [];
  const lines = [
    `${safeText(out)} (${printBytes(sizeBytes)}) holds ${plural(events, "event")}`,
    `  ${eventsProven} of ${plural(events, "event")} proven`,
    `  ${logFilesProven} of ${plural(logFiles, "log file")} proven`,
    `  ${digestsValid} of ${plural(digests, "digest")} valid`,
    ...(open.length === 0 ? [] : ["Not proven:"]),
    ...open.slice(0, listed).map((sentence) => `  ${safeText(sentence)}`),
    ...more,
    `Seal: ${seal}`,
    `Write the seal down elsewhere. To check it: unpack it, then node ${folder}/check.mjs, or python3 ${folder}/serve.py --run`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}
