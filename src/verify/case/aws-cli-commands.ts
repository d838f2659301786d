import { parseObjectKey } from "../../cloudtrail/index.ts";
import { nameOfLogFile } from "../names.ts";
import type { DigestEntry } from "./case-contents.ts";

/** A run of the AWS CLI that checks digests of a case with their log files. */
export interface AwsCliCommand {
  readonly trailArn: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Empty for a trail of one account. */
  readonly organizationId: string;
  /** Behind `aws`. */
  readonly words: readonly string[];
  readonly digests: number;
}

/**
 * Commands of `aws cloudtrail validate-logs` that together go over every digest which names a log file of the case, and
 * leave out those that name only others: of these it would say that they are not found. `held` says what the case holds.
 */
export function awsCliCommands(digests: readonly DigestEntry[], held: (name: string) => boolean): AwsCliCommand[] {
  const commands: AwsCliCommand[] = [];
  for (const ofChain of Map.groupBy(digests, ({ chain }) => chain).values()) {
    let run: DigestEntry[] = [];
    const end = (next?: DigestEntry) => {
      if (run.some(({ isNeeded }) => isNeeded)) commands.push(commandOf(run, next));
      run = [];
    };
    for (const entry of ofChain) {
      if (!isAsked(entry, held)) {
        end(entry);
        continue;
      }
      if (placeOf(entry) !== placeOf(run[0] ?? entry)) end(entry);
      run.push(entry);
    }
    end();
  }
  return commands;
}

function isAsked(entry: DigestEntry, held: (name: string) => boolean): boolean {
  const digest = entry.judged.object?.digest;
  if (entry.path === null || digest === undefined || entry.judged.startsAt === undefined) return false;
  return entry.isNeeded || digest.logFiles.every((file) => held(nameOfLogFile(file)));
}

function placeOf({ bucket, key }: DigestEntry): string {
  const parsed = parseObjectKey(key);
  return `${bucket}\n${parsed.ok ? (parsed.key.folder?.prefix ?? "") : ""}`;
}

const hourMs = 3_600_000;

/**
 * validate-logs begins with the newest digest that ends at most an hour after `--end-time`, and goes back until one begins
 * before `--start-time`: a second inside of both ends keeps the neighbours out.
 */
function commandOf(run: readonly DigestEntry[], next: DigestEntry | undefined): AwsCliCommand {
  const [first, last] = [run[0] as DigestEntry, run.at(-1) as DigestEntry];
  const { chain } = first.judged.object as NonNullable<DigestEntry["judged"]["object"]>;
  const parsed = parseObjectKey(first.key);
  const prefix = parsed.ok ? (parsed.key.folder?.prefix ?? "") : "";
  const from = (first.judged.startsAt ?? first.judged.endsAt) + 1_000;
  const beforeNext = next === undefined ? Infinity : next.judged.endsAt - hourMs - 1_000;
  const to = Math.max(from, last.judged.endsAt - hourMs, Math.min(last.judged.endsAt - 1_000, beforeNext));
  const trailArn = `arn:${partitionOf(chain.homeRegion)}:cloudtrail:${chain.homeRegion}:${chain.accountId}:trail/${chain.trailName}`;
  const { organizationId } = chain;
  // Where it is told the bucket, it does not ask for the organization, which is part of the key.
  const where =
    organizationId === ""
      ? ["--s3-bucket", first.bucket, ...(prefix === "" ? [] : ["--s3-prefix", prefix])]
      : ["--account-id", chain.accountId];
  const span = ["--start-time", secondText(from), "--end-time", secondText(to)];
  const words = ["cloudtrail", "validate-logs", "--region", chain.region, "--trail-arn", trailArn, ...where, ...span];
  return {
    trailArn,
    region: chain.region,
    bucket: first.bucket,
    prefix,
    organizationId,
    words: [...words, "--verbose"],
    digests: run.length,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
