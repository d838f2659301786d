import { parseEventTime } from "./event-time.ts";

/** What lies under a key, told by the folder it is in. */
export type ObjectKind = "log" | "digest" | "insight" | "network-activity" | "aggregated";

/** An S3 key, or a path on disk, of a file that CloudTrail wrote. */
export interface ObjectKey {
  readonly kind: ObjectKind;
  readonly accountId: string;
  readonly region: string;
  /** Where it lies; nothing when only a file name was given. */
  readonly folder: KeyFolder | undefined;
  /** The file's name as it stands. */
  readonly fileName: string;
  /** From the file's name: when a log file was delivered, or a digest's window ended; milliseconds. */
  readonly deliveredAt: number | undefined;
  readonly digest: DigestName | undefined;
}

/** The folders above a file: `[<prefix>/]AWSLogs/[<organization>/]<account>/<type>/<region>/<yyyy>/<mm>/<dd>`. */
export interface KeyFolder {
  /** Without a slash at its end; empty when there is none. */
  readonly prefix: string;
  readonly organizationId: string | undefined;
  /** `yyyy/mm/dd`, the day of delivery. */
  readonly day: string;
}

/** What a digest's name adds. */
export interface DigestName {
  readonly trailName: string;
  readonly homeRegion: string;
  readonly isBackfill: boolean;
}

/** A key, or why the text is none. */
export type ParseKeyResult =
  | { readonly ok: true; readonly key: ObjectKey }
  | { readonly ok: false; readonly reason: KeyRefusal; readonly message: string };

/** Why a text is no key. */
export type KeyRefusal = "too-long" | "folder" | "not-cloudtrail" | "no-such-day";

const keyCharactersMax = 4096;

const kinds: ReadonlyMap<string, ObjectKind> = new Map([
  ["CloudTrail", "log"],
  ["CloudTrail-Digest", "digest"],
  ["CloudTrail-Insight", "insight"],
  ["CloudTrail-NetworkActivity", "network-activity"],
  ["CloudTrail-Aggregated", "aggregated"],
]);

const folderNames: ReadonlyMap<ObjectKind, string> = new Map([...kinds].map(([name, kind]) => [kind, name]));

const folderPattern =
  /^(?:(.*)\/)?AWSLogs\/(?:(o-[a-z0-9]+)\/)?(\d{12})\/(CloudTrail(?:-[A-Za-z]+)?)\/([a-z0-9-]+)\/(\d{4}\/\d\d\/\d\d)\/([^/]*)$/;

// people rename files: the mark before the time, the Z and the unique part may be missing
const logNamePattern =
  /^(\d{12})_(CloudTrail(?:-[A-Za-z]+)?)_([a-z0-9-]+?)[_-](\d{8}T\d{4})Z?(?:_\w+)?\.json(?:\.\w+)?$/;

const digestNamePattern =
  /^(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_([\w.-]+)_([a-z0-9-]+)_(\d{8}T\d{6}Z)(_backfill)?\.json(?:\.\w+)?$/;

/**
 * Reads the key of an object in a trail's bucket, a path on disk that ends the same way, or a bare file name. The
 * folder says what it is; the name is asked only where there are no folders, because names of the newer kinds are not
 * documented (docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html).
 */
export function parseObjectKey(text: string): ParseKeyResult {
  if (text.length > keyCharactersMax) {
    return refuse("too-long", `The key is longer than ${keyCharactersMax} characters`);
  }
  const path = text.includes("/") ? text : text.replaceAll("\\", "/");
  const fileName = path.slice(path.lastIndexOf("/") + 1);
  if (fileName === "") {
    return refuse("folder", `The key ${text} is a folder`);
  }
  const match = folderPattern.exec(path);
  const kind = kinds.get(match?.[4] ?? "");
  if (match === null || kind === undefined) {
    return parseFileName(text, fileName);
  }
  const [, prefix = "", organizationId, accountId = "", , region = "", day = ""] = match;
  if (parseEventTime(`${day.replaceAll("/", "-")}T00:00:00Z`) === undefined) {
    return refuse("no-such-day", `The key ${text} names a day that does not exist: ${day}`);
  }
  const name = readFileName(fileName);
  const folder = {
    prefix: text.startsWith("/") && prefix === "" ? "/" : prefix,
    organizationId,
    day,
  };
  return {
    ok: true,
    key: {
      kind,
      accountId,
      region,
      folder,
      fileName,
      deliveredAt: name?.at,
      digest: kind === "digest" ? name?.digest : undefined,
    },
  };
}

/** The key as a bucket holds it; the file name alone when there is no folder. */
export function printObjectKey(key: ObjectKey): string {
  const { folder } = key;
  if (folder === undefined) {
    return key.fileName;
  }
  const type = folderNames.get(key.kind) ?? "CloudTrail";
  const organization = folder.organizationId === undefined ? [] : [folder.organizationId];
  const parts = ["AWSLogs", ...organization, key.accountId, type, key.region, folder.day, key.fileName].join("/");
  return folder.prefix === "" ? parts : folder.prefix === "/" ? `/${parts}` : `${folder.prefix}/${parts}`;
}

/** What a log file of any kind but a digest is named from. */
export interface LogFileNameParts {
  readonly kind: Exclude<ObjectKind, "digest">;
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds; the name holds the minute. */
  readonly deliveredAt: number;
  /** 16 letters and digits. */
  readonly unique: string;
}

/** The name that CloudTrail gives a log file. */
export function logFileName(parts: LogFileNameParts): string {
  const minute = basicTime(parts.deliveredAt).slice(0, 13);
  return `${parts.accountId}_${folderNames.get(parts.kind) ?? ""}_${parts.region}_${minute}Z_${parts.unique}.json.gz`;
}

/** What a digest file is named from. */
export interface DigestFileNameParts extends DigestName {
  readonly accountId: string;
  readonly sourceRegion: string;
  /** Milliseconds; the name holds the second. */
  readonly endsAt: number;
}

/** The name that CloudTrail gives a digest. */
export function digestFileName(parts: DigestFileNameParts): string {
  const where = `${parts.sourceRegion}_${parts.trailName}_${parts.homeRegion}`;
  const backfill = parts.isBackfill ? "_backfill" : "";
  return `${parts.accountId}_CloudTrail-Digest_${where}_${basicTime(parts.endsAt)}Z${backfill}.json.gz`;
}

/** The folder's day, `yyyy/mm/dd`, of an instant. */
export function keyDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
}

interface FileName {
  readonly kind: ObjectKind;
  readonly accountId: string;
  readonly region: string;
  readonly at: number | undefined;
  readonly digest: DigestName | undefined;
}

function readFileName(name: string): FileName | undefined {
  const digest = digestNamePattern.exec(name);
  if (digest !== null) {
    const [, accountId = "", region = "", trailName = "", homeRegion = "", time, backfill] = digest;
    const isBackfill = backfill !== undefined;
    return {
      kind: "digest",
      accountId,
      region,
      at: parseEventTime(time),
      digest: { trailName, homeRegion, isBackfill },
    };
  }
  const log = logNamePattern.exec(name);
  const kind = kinds.get(log?.[2] ?? "");
  if (log === null || kind === undefined) {
    return undefined;
  }
  const [, accountId = "", , region = "", time = ""] = log;
  return { kind, accountId, region, at: parseEventTime(`${time}Z`), digest: undefined };
}

function parseFileName(text: string, fileName: string): ParseKeyResult {
  const name = readFileName(fileName);
  if (name === undefined) {
    return refuse("not-cloudtrail", `The key ${text} is not one that CloudTrail writes`);
  }
  if (name.at === undefined) {
    return refuse("no-such-day", `The name ${fileName} holds a time that does not exist`);
  }
  const { kind, accountId, region, at, digest } = name;
  return {
    ok: true,
    key: { kind, accountId, region, folder: undefined, fileName, deliveredAt: at, digest },
  };
}

function refuse(reason: KeyRefusal, message: string): ParseKeyResult {
  return { ok: false, reason, message };
}

function basicTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
}
