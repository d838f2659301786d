import type { AuditBody, AuditMessage } from "../../server/index.ts";
import { auditOptions, readAuditRequest } from "../audit-request.ts";
import { openClient, problemError, readLines, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { AuditProblems, exitCodeOf, printAuditSummary, printProven } from "../print/audit.ts";
import { ProgressBar } from "../print/progress.ts";
import { sayLikeAwsCli } from "../say-like-aws-cli.ts";
import { serverGone } from "../source-request.ts";

const formats = ["table", "json", "ndjson"] as const;

export const verifyCommand = defineCommand({
  name: "verify",
  summary:
    "Verify log files against AWS's signed digests, in a bucket or a copy of one; ends with 1 when something is not proven",
  usage: "[PLACE]",
  options: {
    ...dataOptions,
    ...auditOptions,
    "like-aws-cli": {
      type: "boolean",
      summary: "Look at what aws cloudtrail validate-logs looks at, and say it in its lines, with its exit code",
    },
    verbose: { type: "boolean", summary: "Tell of proven log files and valid digests too" },
    format: { type: "string", short: "f", value: "FORMAT", summary: "table (default), json or ndjson" },
  },
  examples: [
    "trailwarden verify s3://example-trail-logs --from now-30d",
    "trailwarden verify ./copied-bucket --public-keys keys.json",
    "trailwarden verify --source prod --account 1111-2222-3333 --format ndjson --verbose > audit.ndjson",
    "trailwarden verify s3://example-trail-logs --like-aws-cli --verbose --from 2026-03-01 --to 2026-03-02 \\\n    --trail arn:aws:cloudtrail:eu-central-1:111122223333:trail/company --region eu-central-1",
  ],
  async run(args, context) {
    const format = readFormat(textOption(args, "format"));
    const request = await readAuditRequest(args, context);
    const isVerbose = flagOption(args, "verbose");
    const isLike = flagOption(args, "like-aws-cli");
    if (isLike && textOption(args, "format") !== undefined) throw formatOfLike();
    await using client = await openClient(args, context);
    const messages = follow(client, { ...request, likeAwsCli: isLike, all: isVerbose || isLike }, context);
    if (isLike) return await sayLikeAwsCli(messages, { trail: textOption(args, "trail"), isVerbose }, context);
    if (format === "ndjson") return await tellLines(messages, context);
    return await tellWhole(messages, { isJson: format === "json", isVerbose }, context);
  },
});

/** What the server tells, without its progress, which is for the terminal. */
async function* follow(client: Client, json: AuditBody, context: CommandContext): AsyncGenerator<AuditMessage> {
  const response = await client.ok(client.api.verify.audits.$post({ json }));
  const bar = new ProgressBar(context.terminal, context.now);
  let isWhole = false;
  for await (const message of readLines<AuditMessage>(response)) {
    if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    if (message.kind === "progress") bar.show({ ...message, count: message.done, unit: "log files" });
    else yield message;
    isWhole ||= message.kind === "summary";
  }
  if (!isWhole) throw serverGone();
}

async function tellLines(messages: AsyncIterable<AuditMessage>, { terminal }: CommandContext): Promise<number> {
  let code = 0;
  for await (const message of messages) {
    await terminal.data(`${JSON.stringify(message)}\n`);
    if (message.kind === "summary") code = exitCodeOf(message);
  }
  return code;
}

async function tellWhole(
  messages: AsyncIterable<AuditMessage>,
  { isJson, isVerbose }: { readonly isJson: boolean; readonly isVerbose: boolean },
  { terminal }: CommandContext,
): Promise<number> {
  const problems = new AuditProblems();
  const told: AuditMessage[] = [];
  let code = 0;
  for await (const message of messages) {
    if (message.kind === "summary") {
      code = exitCodeOf(message);
      const { kind: _kind, ...summary } = message;
      if (isJson) await terminal.data(`${JSON.stringify({ summary, steps: told }, undefined, 2)}\n`);
      else await terminal.data(separated(problems.print(), printAuditSummary(message)));
    } else if (isJson) {
      if (message.kind !== "begin") told.push(message);
    } else if (message.kind === "digest" || message.kind === "log-file" || message.kind === "gap") {
      problems.add(message);
      if (isVerbose) await terminal.data(printProven(message));
    }
  }
  return code;
}

function separated(problems: string, summary: string): string {
  return problems === "" ? summary : `${problems}\n${summary}`;
}

function readFormat(text: string | undefined): (typeof formats)[number] {
  const format = formats.find((known) => known === (text ?? "table"));
  if (format) return format;
  throw new CommandError(`There is no format ${text ?? ""}`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Use one of ${formats.join(", ")}`,
  });
}

function formatOfLike(): CommandError {
  return new CommandError("--like-aws-cli has a format of its own", {
    code: "arguments-invalid",
    fault: "user",
    help: "Leave --format out",
  });
}
