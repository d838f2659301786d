import { join, resolve } from "node:path";
import { systemClock } from "../../base/clock.ts";
import type { RecordingOptions } from "../../recorder/index.ts";
import { type Arguments, type CommandContext, defineCommand, flagOption, stopped, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { FigureLine } from "../print/figure-line.ts";
import { printRecordingEnd, printRecordingFigures } from "../print/recording.ts";
import { safeText } from "../print/safe-text.ts";

const defaultFolder = "trailwarden-recorded";
const defaultPort = 4567;
const defaultAccount = "000000000000";
const defaultRegion = "us-east-1";
const defaultSeconds = 300;

export const recordCommand = defineCommand({
  name: "record",
  summary: "Stand before an AWS-compatible server and record the calls to it as CloudTrail would",
  usage: "--upstream URL",
  options: {
    upstream: { type: "string", value: "URL", summary: "The server that requests go on to, without a path" },
    port: {
      type: "string",
      short: "p",
      value: "PORT",
      summary: `Port on 127.0.0.1 (default ${defaultPort}; 0 for a free one)`,
    },
    into: { type: "string", value: "FOLDER", summary: `Where the log files go (default ./${defaultFolder})` },
    every: { type: "string", value: "SECONDS", summary: `How often log files are written (default ${defaultSeconds})` },
    account: { type: "string", value: "ID", summary: `Account of keys that are not named (default ${defaultAccount})` },
    region: {
      type: "string",
      value: "REGION",
      summary: `Region of requests that have none of AWS's (default ${defaultRegion})`,
    },
    identities: { type: "string", value: "FILE", summary: "JSON that says whose access keys are whose" },
    "data-events": { type: "boolean", summary: "Record data events too: objects, messages, items" },
    digests: { type: "boolean", summary: "Write signed digests every hour and at the end, and public-keys.json" },
    bucket: { type: "string", value: "NAME", summary: "Put the files into this bucket as well" },
    "bucket-endpoint": { type: "string", value: "URL", summary: "Where the bucket is (default the upstream)" },
  },
  examples: [
    "trailwarden record --upstream http://127.0.0.1:9000",
    "trailwarden record --upstream http://127.0.0.1:5000 --account 123456789012 --every 10 --data-events",
    "trailwarden record --upstream http://127.0.0.1:9000 --digests --bucket audit-logs",
  ],
  async run(args, context) {
    const { identitiesPath, ...settings } = readSettings(args, context);
    // Brought in when they are wanted: the other commands start sooner without them.
    const { lockFolder, readIdentities, startRecording } = await import("../../recorder/index.ts");
    const { openState } = await import("../../sandbox/index.ts");
    const workFolder = join(settings.folder, ".recorder");
    const identities = identitiesPath === undefined ? undefined : await readIdentities(identitiesPath);
    const bucket = await openBucket(args, settings);
    await using stack = new AsyncDisposableStack();
    stack.use(await lockFolder(workFolder));
    const state = openState(join(workFolder, "state.sqlite"));
    stack.defer(() => state.close());
    const line = new FigureLine(context.terminal, systemClock);
    const recording = stack.use(
      await startRecording({
        ...settings,
        workFolder,
        state,
        clock: systemClock,
        ...(identities !== undefined && { identities }),
        ...(bucket !== undefined && { bucket }),
        changed: (figures) => line.show(printRecordingFigures(figures)),
        failed: (error) => context.terminal.talk(`Trouble: ${safeText(textOf(error))}`),
      }),
    );
    stack.defer(() => line.end());
    await context.terminal.data(`Recording at ${recording.url}; calls go on to ${settings.upstream}\n`);
    context.terminal.talk(`Log files go to ${safeText(settings.folder)}; press Ctrl-C to stop`);
    await stopped(context.signal);
    await recording[Symbol.asyncDispose]();
    line.end();
    for (const sentence of printRecordingEnd(recording.figures())) context.terminal.talk(sentence);
    return 0;
  },
});

function readSettings(args: Arguments, context: CommandContext) {
  const upstream = textOption(args, "upstream");
  if (upstream === undefined || args.positionals.length > 0)
    throw wrongly("Say which server the requests go on to", "Write --upstream http://127.0.0.1:9000");
  const identities = textOption(args, "identities");
  return {
    upstream,
    folder: resolve(context.workingDirectory, textOption(args, "into") ?? defaultFolder),
    port: readWhole(args, "port", defaultPort, 0, 65_535),
    logFileSeconds: readWhole(args, "every", defaultSeconds, 1, 86_400),
    accountId: readMatching(args, "account", defaultAccount, /^\d{12}$/, "12 digits, such as 123456789012"),
    region: readMatching(
      args,
      "region",
      defaultRegion,
      /^[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d{1,2}$/,
      "one of AWS's, such as eu-west-1",
    ),
    identitiesPath: identities === undefined ? undefined : resolve(context.workingDirectory, identities),
    withDataEvents: flagOption(args, "data-events"),
    withDigests: flagOption(args, "digests"),
  };
}

function readWhole(args: Arguments, name: string, otherwise: number, least: number, most: number): number {
  const text = textOption(args, name);
  const value = text === undefined ? otherwise : Number(text);
  if (text !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrongly(
    `--${name} ${safeText(text ?? "")} is not a whole number from ${least} to ${most}`,
    `Write --${name} ${otherwise}`,
  );
}

function readMatching(args: Arguments, name: string, otherwise: string, pattern: RegExp, wanted: string): string {
  const text = textOption(args, name) ?? otherwise;
  if (pattern.test(text)) return text;
  throw wrongly(`--${name} ${safeText(text)} is not ${wanted}`, `Write --${name} ${otherwise}`);
}

function wrongly(message: string, help: string): CommandError {
  return new CommandError(message, { code: "arguments-invalid", fault: "user", help });
}

/** The bucket is written to directly: what goes into it is not recorded again. */
async function openBucket(
  args: Arguments,
  { upstream, region }: Pick<ReturnType<typeof readSettings>, "upstream" | "region">,
): Promise<RecordingOptions["bucket"]> {
  const name = textOption(args, "bucket");
  const endpoint = textOption(args, "bucket-endpoint") ?? upstream;
  if (name === undefined) {
    if (textOption(args, "bucket-endpoint") === undefined) return undefined;
    throw wrongly("--bucket-endpoint needs a bucket", "Name it with --bucket");
  }
  if (!URL.canParse(endpoint))
    throw wrongly("--bucket-endpoint is no address", "Write --bucket-endpoint http://127.0.0.1:9000");
  const { clientFor } = await import("../../aws/index.ts");
  const client = await clientFor("s3", { region, endpoint, isPathStyle: true, customUserAgent: "trailwarden-record" });
  return {
    name,
    async put({ bucket, key, body, metadata, contentType, contentEncoding }) {
      await client.call("PutObject", {
        Bucket: bucket,
        Key: key,
        Body: body,
        Metadata: { ...metadata },
        ContentType: contentType,
        ContentEncoding: contentEncoding,
      });
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
