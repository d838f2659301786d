import { type OutputOf } from "../../../aws/index.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { badRequest } from "./guardduty-store.ts";

type Statistics = NonNullable<OutputOf<"guardduty", "GetFindingsStatistics">["FindingStatistics"]>;

interface Group {
  readonly key: string;
  readonly count: number;
  readonly lastAt: number;
  readonly severity: number;
}

/** Counts findings: by severity as of old, or by what is asked for. */
export function findingStatistics(
  findings: readonly JsonObject[],
  groupBy: string | undefined,
  isAscending: boolean,
  max: number,
): Statistics {
  if (!(max >= 1 && max <= 100)) throw badRequest("The request is rejected because maxResults is out of bounds.");
  const group = (keyOf: (finding: JsonObject) => string) => grouped(findings, keyOf, isAscending).slice(0, max);
  const told = ({ count, lastAt }: Group) => ({ TotalFindings: count, LastGeneratedAt: new Date(lastAt) });
  switch (groupBy) {
    case undefined: {
      // Keys as GuardDuty writes them: `8.0`.
      const counts = grouped(findings, severityOf, true).map(({ key, count }): [string, number] => [key, count]);
      return { CountBySeverity: Object.fromEntries(counts) };
    }
    case "SEVERITY":
      return { GroupedBySeverity: group(severityOf).map((each) => ({ Severity: Number(each.key), ...told(each) })) };
    case "FINDING_TYPE":
      return {
        GroupedByFindingType: group((finding) => String(finding["type"])).map((each) => ({
          FindingType: each.key,
          ...told(each),
        })),
      };
    case "ACCOUNT":
      return {
        GroupedByAccount: group((finding) => String(finding["accountId"])).map((each) => ({
          AccountId: each.key,
          ...told(each),
        })),
      };
    case "DATE":
      return {
        GroupedByDate: group((finding) => `${String(finding["updatedAt"]).slice(0, 10)} ${severityOf(finding)}`).map(
          (each) => ({
            Date: new Date(`${each.key.slice(0, 10)}T00:00:00Z`),
            Severity: each.severity,
            ...told(each),
          }),
        ),
      };
    default:
      throw badRequest(
        `The request is rejected because findings are not grouped by ${groupBy.slice(0, 50)} at this endpoint.`,
      );
  }
}

function severityOf(finding: JsonObject): string {
  return Number(finding["severity"]).toFixed(1);
}

/** The greatest groups first, or the smallest. */
function grouped(
  findings: readonly JsonObject[],
  keyOf: (finding: JsonObject) => string,
  isAscending: boolean,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const before = groups.get(key);
    const at = Date.parse(String(finding["updatedAt"]));
    groups.set(key, {
      key,
      count: (before?.count ?? 0) + 1,
      lastAt: Math.max(before?.lastAt ?? 0, at),
      severity: Number(finding["severity"]),
    });
  }
  return [...groups.values()].sort(
    (a, b) => (isAscending ? a.count - b.count : b.count - a.count) || (a.key < b.key ? -1 : 1),
  );
}
