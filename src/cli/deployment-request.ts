import { listOption, textOption, type Arguments, type CommandContext, type CommandOption } from "./command.ts";
import { readSecrets, secretOption } from "./secrets.ts";

/** How an account is cared for: said when it is added, and changed later. */
export const careOptions = {
  depth: {
    type: "string",
    value: "DEPTH",
    summary: "look (reads only, the default) or care (may create and repair)",
  },
  "role-arn": { type: "string", value: "ARN", summary: "Its role; without one, this machine's credentials are used" },
  "log-account": {
    type: "string",
    value: "ID",
    summary: "Account of bucket, topic and queue, where that is another",
  },
  "log-role-arn": { type: "string", value: "ARN", summary: "Role of the log account" },
  repair: {
    type: "string",
    value: "CHECK",
    isRepeated: true,
    summary: "A drift check whose repair needs no yes, or all, or none",
  },
  "keep-days": { type: "string", value: "DAYS", summary: "How long log files are to be kept at least" },
  secret: {
    ...secretOption,
    summary: "Its own keys: accessKeyId, secretAccessKey, sessionToken; without VARIABLE, from standard input",
  },
} as const satisfies Record<string, CommandOption>;

/** What of it was given. */
export function readCare(args: Arguments): Record<string, unknown> {
  const days = textOption(args, "keep-days");
  const logAccount = textOption(args, "log-account");
  const automatic = listOption(args, "repair");
  return given({
    depth: textOption(args, "depth"),
    roleArn: textOption(args, "role-arn"),
    logAccount:
      logAccount === undefined ? undefined : { accountId: logAccount, roleArn: textOption(args, "log-role-arn") ?? "" },
    automatic: automatic.length === 0 ? undefined : automatic.filter((check) => check !== "none"),
    retentionDays: days === undefined ? undefined : Number(days),
  });
}

/** What a deployment keeps secret: keys of its own, instead of this machine's credentials. */
export function readOwnKeys(args: Arguments, context: CommandContext): Promise<Record<string, string>> {
  const secrets = ["accessKeyId", "secretAccessKey", "sessionToken"].map((name) => ({ name, description: name }));
  return readSecrets({ type: "deployment", secrets }, args, context);
}

/** Without the members that were not given. */
export function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
