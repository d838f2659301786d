import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { EventStore } from "../store.ts";
import type { LogFile } from "../log-files.ts";
import type { DigestVerdictRow, NamedLogFile, StoredDigest, VerdictRow } from "./proof-rows.ts";

export const hour = 3_600_000;
export const noon = Date.UTC(2026, 10, 21, 12);

/** A store of its own, that can be opened again. */
export interface ProofsPlace extends AsyncDisposable {
  open(): Promise<EventStore>;
}

export function makeProofsPlace(): ProofsPlace {
  const folder = makeTemporaryFolder();
  return {
    open: () => EventStore.open({ directory: folder.path, now: () => noon }),
    async [Symbol.asyncDispose]() {
      folder[Symbol.dispose]();
    },
  };
}

export function fileName(number: number, accountId = "111122223333", region = "eu-central-1"): string {
  return `s3://logs/AWSLogs/${accountId}/CloudTrail/${region}/2026/11/21/${String(number).padStart(6, "0")}.json.gz`;
}

export function digest(number: number, fields: Partial<StoredDigest> = {}): StoredDigest {
  const key = `AWSLogs/111122223333/CloudTrail-Digest/eu-central-1/2026/11/21/digest-${number}.json.gz`;
  return {
    name: `s3://logs/${key}`,
    bucket: "logs",
    key,
    chain: "111122223333/eu-central-1//eu-central-1/payments",
    accountId: "111122223333",
    region: "eu-central-1",
    endsAt: noon + number * hour,
    sha256: String(number).padStart(64, "0"),
    text: Buffer.from(`{"number":${number}}`),
    fault: "",
    signature: "00ff",
    signatureAlgorithm: "SHA256withRSA",
    backfillGeneratedAt: undefined,
    source: "main",
    collectedAt: noon + number * hour + 60_000,
    ...fields,
  };
}

export function digestVerdict(number: number, fields: Partial<DigestVerdictRow> = {}): DigestVerdictRow {
  const { name, chain, accountId, region, endsAt } = digest(number);
  return {
    name,
    chain,
    accountId,
    region,
    startsAt: endsAt - hour,
    endsAt,
    verdict: "valid",
    reason: "",
    chainSince: noon,
    logFiles: 12,
    judgedAt: endsAt + 60_000,
    ...fields,
  };
}

export function named(number: number, fields: Partial<NamedLogFile> = {}): NamedLogFile {
  const { name, chain, endsAt } = digest(1);
  return {
    name: fileName(number),
    digest: name,
    chain,
    sha256: String(number).padStart(64, "a"),
    digestEndsAt: endsAt,
    chainSince: noon,
    ...fields,
  };
}

export function verdict(number: number, fields: Partial<VerdictRow> = {}): VerdictRow {
  return {
    name: fileName(number),
    logFile: String(number + 1),
    accountId: "111122223333",
    region: "eu-central-1",
    deliveredAt: noon + number * 60_000,
    verdict: "proven",
    reason: "",
    digest: digest(1).name,
    chainSince: noon,
    dueAt: undefined,
    judgedAt: noon + 2 * hour,
    ...fields,
  };
}

export function logFile(number: number, fields: Partial<LogFile> = {}): LogFile {
  return {
    id: BigInt(number + 1),
    source: "main",
    name: fileName(number),
    version: "1",
    kind: "records",
    sizeBytes: 1,
    sha256: String(number).padStart(64, "0"),
    records: 0,
    rejected: 0,
    dropped: 0,
    deliveredAt: noon + number * 60_000,
    readAt: noon + hour,
    note: "",
    gzipMembers: 1,
    bytesBehind: 0,
    ...fields,
  };
}
