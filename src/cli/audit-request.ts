import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { AuditBody } from "../server/index.ts";
import {
  flagOption,
  listOption,
  givenOptions,
  textOption,
  type Arguments,
  type CommandContext,
  type CommandOption,
} from "./command.ts";
import { readOwnKeys } from "./deployment-request.ts";
import { CommandError } from "./errors.ts";
import { readJsonFile } from "./json-file.ts";
import { secretOption } from "./secrets.ts";

/** What is verified, of whom, and how AWS is reached. */
export const auditOptions = {
  source: { type: "string", value: "NAME", summary: "The buckets that this source reads, reached as it reaches them" },
  from: {
    type: "string",
    value: "TIME",
    summary: "Delivered from then on (default all there is): 2026-01-02, 2026-01-02T03:00:00Z or now-30d",
  },
  to: { type: "string", value: "TIME", summary: "Delivered before (default now)" },
  account: { type: "string", value: "ID", summary: "Of this account; dashes and spaces may stay" },
  region: { type: "string", value: "REGION", summary: "Of events in this region" },
  trail: { type: "string", value: "TRAIL", summary: "Of this trail alone: its name, or its ARN" },
  "public-keys": {
    type: "string",
    value: "FILE",
    summary:
      "Public keys as aws cloudtrail list-public-keys prints them, or one such answer for each region by its name",
  },
  metadata: {
    type: "string",
    value: "FILE",
    summary:
      "What stood in the metadata of a copied folder's digests (default its metadata.json, or the one beside it)",
  },
  endpoint: { type: "string", value: "URL", summary: "Where AWS is, when not at AWS" },
  "role-arn": {
    type: "string",
    value: "ARN",
    summary: "Role to take on; without one, the server's credentials are used",
  },
  "external-id": { type: "string", value: "ID", summary: "External ID that the role's trust asks for" },
  secret: {
    ...secretOption,
    summary: "Keys to use: accessKeyId, secretAccessKey, sessionToken; without VARIABLE, from standard input",
  },
} as const satisfies Record<string, CommandOption>;

/** Reads what is to be verified. Throws `arguments-invalid`. */
export async function readAuditRequest(args: Arguments, context: CommandContext): Promise<AuditBody> {
  const asked = givenOptions(args, ["from", "to", "account", "region", "trail"]);
  const file = textOption(args, "public-keys");
  const publicKeys = file === undefined ? {} : { publicKeys: await readJsonFile(file, context) };
  return { ...asked, place: { ...(await readPlace(args, context)), ...publicKeys } };
}

async function readPlace(args: Arguments, context: CommandContext): Promise<AuditBody["place"]> {
  const [place, ...others] = args.positionals;
  const source = textOption(args, "source");
  if (others.length > 0 || (place === undefined) === (source === undefined)) throw placeUnclear(place, source);
  if (source !== undefined) return { kind: "source", ...only(args, []), source };
  if (place === undefined) throw placeUnclear(place, source);
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(place) ?? [];
  if (bucket !== undefined) return readBucket(bucket, prefix, args, context);
  const path = resolve(context.workingDirectory, place);
  // A word that names no folder here is a source's name.
  if (/^[\w.-]+$/.test(place) && !(await isThere(path))) return { kind: "source", ...only(args, []), source: place };
  const metadata = textOption(args, "metadata");
  return {
    ...{ kind: "folder", ...only(args, ["metadata"]), path },
    ...(metadata === undefined ? {} : { metadata: resolve(context.workingDirectory, metadata) }),
  };
}

async function readBucket(
  bucket: string,
  prefix: string,
  args: Arguments,
  context: CommandContext,
): Promise<AuditBody["place"]> {
  const text = (option: string, name: string) => {
    const value = textOption(args, option);
    return value === undefined ? {} : { [name]: value };
  };
  const secrets = await readOwnKeys(args, context);
  return {
    ...{ kind: "bucket", ...only(args, ["endpoint", "role-arn", "external-id", "secret"]), bucket },
    prefix: prefix.replace(/\/+$/, ""),
    ...{ ...text("region", "region"), ...text("endpoint", "endpoint") },
    ...{ ...text("role-arn", "roleArn"), ...text("external-id", "externalId") },
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
  };
}

const ofPlaces = ["metadata", "endpoint", "role-arn", "external-id", "secret"] as const;

/** Refuses what another kind of place takes: who gives it expects that it counts. */
function only(args: Arguments, own: readonly (typeof ofPlaces)[number][]): object {
  for (const name of ofPlaces) {
    const isGiven = textOption(args, name) !== undefined || listOption(args, name).length > 0 || flagOption(args, name);
    if (!isGiven || own.includes(name)) continue;
    const takes = name === "metadata" ? "A copied folder" : "A bucket, s3://…,";
    throw new CommandError(`--${name} means nothing for this place`, {
      code: "arguments-invalid",
      fault: "user",
      help: `${takes} takes it`,
    });
  }
  return {};
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function placeUnclear(place: string | undefined, source: string | undefined): CommandError {
  return new CommandError(
    place === undefined && source === undefined ? "Say what to verify" : "Name one place at a time",
    {
      code: "arguments-invalid",
      fault: "user",
      help: "Name a bucket (s3://bucket/prefix), a folder that was copied from one, or a source: trailwarden verify PLACE",
    },
  );
}
