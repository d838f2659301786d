import { type AwsCli } from "../fixtures/aws-cli.ts";

export interface ValidateOptions {
  readonly trailArn: string;
  /** Whose digests. */
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Whose log files, where the trail is an organization's. */
  readonly accountId?: string;
}

/** What `aws cloudtrail validate-logs --verbose` says. */
export interface Verdict {
  readonly code: number;
  /** Its last lines: how many of each there are, and how many of them are valid. */
  readonly closing: readonly string[];
  /** Everything that it finds invalid, as `kind name reason`, where the name is the last part of the key. */
  readonly invalid: readonly string[];
  /** All of it, for a failing test to show. */
  readonly text: string;
}

export async function validateLogs(aws: AwsCli, options: ValidateOptions): Promise<Verdict> {
  const { trailArn, region, from, to, accountId } = options;
  const { code, stdout, stderr } = await aws(
    ...["cloudtrail", "validate-logs", "--verbose", "--trail-arn", trailArn, "--region", region],
    ...["--start-time", instant(from), "--end-time", instant(to)],
    ...(accountId === undefined ? [] : ["--account-id", accountId]),
  );
  const findings = [
    ...`${stdout}\n${stderr}`.matchAll(/^(?:\(backfill\) )?(Digest|Log) file\t(\S+)\t(INVALID: .+)$/gm),
  ];
  return {
    code,
    closing: stdout.split("\n").filter((line) => /^\d+\/\d+ |^No /.test(line)),
    invalid: findings.map(([, kind, place = "", reason]) => `${kind} ${nameOf(place)} ${reason}`).sort(),
    text: `${stdout}\n${stderr}`,
  };
}

/** The last part of a key, which is different for each file. */
export function nameOf(key = ""): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
