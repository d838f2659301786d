import type { GridCell, HourEvidence, LogVerdict, VerdictKind, VerdictView } from "../../src/verify/index.ts";

const hourMs = 3_600_000;

interface Place {
  readonly accountId: string;
  readonly region: string;
}

function stamp(at: number, shape: "minutes" | "seconds"): string {
  const text = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return shape === "seconds" ? text : `${text.slice(0, 13)}Z`;
}

function folderOf({ accountId, region }: Place, kind: string, at: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
  return `s3://example-trail-logs/AWSLogs/${accountId}/${kind}/${region}/${day}/`;
}

export function nameOfDigest(accountId: string, region: string, endsAt: number): string {
  const folder = folderOf({ accountId, region }, "CloudTrail-Digest", endsAt);
  const name = `${accountId}_CloudTrail-Digest_${region}_management-events_eu-central-1_${stamp(endsAt, "seconds")}`;
  return `${folder}${name}.json.gz`;
}

function nameOfFile(place: Place, at: number, number: number): string {
  const unique = `${String(number)}Qx7bW2kLmN9rTv${String(number)}`;
  const name = `${place.accountId}_CloudTrail_${place.region}_${stamp(at, "minutes")}_${unique}.json.gz`;
  return folderOf(place, "CloudTrail", at) + name;
}

/** A verdict as the server says it, on a file of a digest. */
export function madeVerdict(kind: VerdictKind, digest: string, since: number): LogVerdict & { sentence: string } {
  const name = digest.slice(digest.lastIndexOf("/") + 1);
  const rest = { kind, digest, chainSince: undefined, dueAt: undefined };
  const names = `the digest of ${endOf(digest)} (${name}) names it`;
  switch (kind) {
    case "proven": {
      const since30 = `in a chain that is unbroken since ${new Date(since).toISOString().slice(0, 19).replace("T", " ")} UTC`;
      const sentence = `Proven: ${names} and its content is what was signed, ${since30}.`;
      return { ...rest, reason: "", chainSince: since, sentence };
    }
    case "waiting":
      return {
        ...rest,
        reason: "digest-not-due",
        digest: "",
        sentence: "Waiting: the digest that will name it is not due yet.",
      };
    case "unproven":
      return {
        ...rest,
        reason: "before-chain",
        digest: "",
        sentence: "Unproven: it was delivered before the chain of digests begins.",
      };
    case "broken":
      return {
        ...rest,
        reason: "content-differs",
        sentence: `Broken: ${names}, and its content is not what was signed.`,
      };
    case "missing":
      return { ...rest, reason: "not-found", sentence: `Missing: ${names}, and it is not where it was delivered.` };
    case "undeclared":
      return {
        ...rest,
        reason: "not-named",
        sentence:
          "Undeclared: it lies in the bucket, and no digest names it, though valid digests speak for the time of its delivery.",
      };
  }
}

function endOf(digest: string): string {
  const [, day = "", hour = ""] = /_(\d{8})T(\d{2})\d{4}Z\.json\.gz$/.exec(digest) ?? [];
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} ${hour}:00:00 UTC`;
}

/** What lies behind an hour that stands as it is told to. */
export function evidenceOf(standing: GridCell["standing"], place: Place, hour: number): HourEvidence {
  const endsAt = hour + hourMs;
  const digest = nameOfDigest(place.accountId, place.region, endsAt);
  const since = hour - 30 * 24 * hourMs;
  const kinds: readonly VerdictKind[] = {
    proven: Array.from({ length: 12 }, () => "proven" as const),
    waiting: ["waiting", "waiting", "waiting"] as const,
    unproven: ["unproven", "unproven"] as const,
    gap: ["unproven", "unproven", "proven"] as const,
    broken: ["broken", "missing", "undeclared", ...Array.from({ length: 9 }, () => "proven" as const)] as const,
  }[standing];
  const files = kinds.map((kind, index): VerdictView => {
    const { sentence, ...verdict } = madeVerdict(kind, digest, since);
    const name = nameOfFile(place, hour + index * 5 * 60_000, index);
    return { name, logFile: String(index), verdict, sentence, judgedAt: endsAt };
  });
  const gap = {
    kind: "digests-missing",
    from: hour,
    to: endsAt,
    before: nameOfDigest(place.accountId, place.region, hour),
    after: nameOfDigest(place.accountId, place.region, endsAt + hourMs),
    digestsMissing: 1,
    sentence: "The digest of this hour is missing; those before and after it are one chain",
  } as const;
  const valid = {
    name: digest,
    startsAt: hour,
    endsAt,
    verdict: { kind: "valid", reason: "" },
    chainSince: since,
    sentence: "Valid: signed by CloudTrail, in its place, and chained to the digest before it",
  } as const;
  return {
    digests: standing === "proven" || standing === "broken" ? [valid] : [],
    files,
    isCut: false,
    gaps: standing === "gap" ? [gap] : [],
  };
}
