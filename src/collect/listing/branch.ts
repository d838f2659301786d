import { type ObjectKind, parseObjectKey } from "../../cloudtrail/index.ts";

/** Where to look for log files: all below a prefix of a bucket. */
export interface ListingRoot {
  readonly bucket: string;
  /** Empty for the whole bucket; a slash at its end makes no difference. */
  readonly prefix: string;
}

/** Folders of days that CloudTrail fills: those of an account, a kind and a region. */
export interface Branch {
  readonly bucket: string;
  /** `[<prefix>/]AWSLogs/[<organization>/]<account>/<type>/<region>/`, with the slash at its end. */
  readonly path: string;
  readonly accountId: string;
  readonly kind: ObjectKind;
  readonly region: string;
}

/** The branch that a path is, if it is one. */
export function branchAt(bucket: string, path: string): Branch | undefined {
  const parsed = parseObjectKey(`${path}2000/01/01/_`);
  if (!parsed.ok || parsed.key.folder === undefined) return undefined;
  const { accountId, kind, region } = parsed.key;
  return { bucket, path, accountId, kind, region };
}

/** The branch that an object lies in, if it lies where CloudTrail puts its files. */
export function branchOfKey(bucket: string, key: string): Branch | undefined {
  const parsed = parseObjectKey(key);
  if (!parsed.ok || parsed.key.folder === undefined) return undefined;
  const { day } = parsed.key.folder;
  return branchAt(bucket, key.slice(0, -`${day}/${parsed.key.fileName}`.length));
}

/** A prefix as the beginning of keys: empty, or with a slash at its end. */
export function rootPath({ prefix }: ListingRoot): string {
  return prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
}

/** What a folder is by the folders that it lies in. */
export type Level = "above" | "logs" | "organization" | "account" | "kind" | "branch" | "below" | "foreign";

/** Judges a folder's path, empty or with a slash at its end. */
export function levelOf(path: string): Level {
  const names = path.split("/").slice(0, -1);
  const at = names.lastIndexOf("AWSLogs");
  if (at < 0) return "above";
  const [first, ...rest] = names.slice(at + 1);
  if (first === undefined) return "logs";
  const isOrganization = /^o-[a-z0-9]+$/.test(first);
  const [account, type, region, ...below] = isOrganization ? rest : [first, ...rest];
  if (account === undefined) return "organization";
  if (!/^\d{12}$/.test(account)) return "foreign";
  if (type === undefined) return "account";
  if (branchAt("", `AWSLogs/${account}/${type}/us-east-1/`) === undefined) return "foreign";
  if (region === undefined) return "kind";
  if (!/^[a-z0-9-]{1,40}$/.test(region)) return "foreign";
  return below.length === 0 ? "branch" : "below";
}
