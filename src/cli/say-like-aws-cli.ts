import type { AuditMessage } from "../server/index.ts";
import type { LikeAwsCli, LineStep, SaidLine } from "../verify/index.ts";
import type { CommandContext } from "./command.ts";

/** Writes what an audit tells as `aws cloudtrail validate-logs` would, to where it would; gives its exit code. */
export async function sayLikeAwsCli(
  messages: AsyncIterable<AuditMessage>,
  { trail, isVerbose }: { readonly trail: string | undefined; readonly isVerbose: boolean },
  { terminal }: CommandContext,
): Promise<number> {
  const { LikeAwsCli } = await import("../verify/index.ts");
  const write = async (line: SaidLine | undefined) => {
    if (line?.to === "stdout") await terminal.data(line.text);
    // The terminal ends each of its lines itself.
    if (line?.to === "stderr") terminal.talk(line.text.replace(/\n$/, ""));
  };
  let said: LikeAwsCli | undefined;
  let span = { from: 0, to: 0 };
  const begin = async (trailArn: string) => {
    said = new LikeAwsCli({ trailArn, ...span, isVerbose });
    await write(said.begin());
    return said;
  };
  for await (const message of messages) {
    if (message.kind === "begin") span = { from: Date.parse(message.from), to: Date.parse(message.to) };
    const now = said ?? (message.kind === "begin" ? undefined : await begin(arnOf(message, trail)));
    if (message.kind === "summary") await write(now?.end(spanOf(message.found)));
    else {
      const step = stepOf(message);
      if (step !== undefined) await write(now?.say(step));
    }
  }
  return said?.exitCode ?? 0;
}

/** Where a person did not give the trail's ARN, it is the one of an account's own trail. */
function arnOf(message: AuditMessage, trail: string | undefined): string {
  if (trail?.startsWith("arn:") === true) return trail;
  if (message.kind !== "chain") return trail ?? "";
  return `arn:aws:cloudtrail:${message.homeRegion}:${message.account}:trail/${message.trail}`;
}

function stepOf(message: AuditMessage): LineStep | undefined {
  switch (message.kind) {
    case "digest":
    case "log-file":
      // The server tells verdicts and reasons in our own words.
      return message as LineStep;
    case "gap": {
      const { isBackfill, from, to } = message;
      return { kind: "gap", isBackfill, from: Date.parse(from), to: Date.parse(to) };
    }
    default:
      return undefined;
  }
}

function spanOf(found: { readonly from: string; readonly to: string } | null) {
  return found === null ? undefined : { from: Date.parse(found.from), to: Date.parse(found.to) };
}
