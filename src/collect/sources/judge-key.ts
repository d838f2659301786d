import { chainOfKey, parseObjectKey } from "../../cloudtrail/index.ts";

/** What a source does with an object. */
export interface KeyJudgement {
  /** Fetched for its events, fetched as a proof, or left alone. */
  readonly fate: "events" | "digest" | "nothing";
  /** What it is counted as when it is swallowed. */
  readonly kind: string;
}

/** Folders below `AWSLogs/<account>/` that other services of AWS write; a name that is not known is looked at. */
const otherLogs =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/(?:elasticloadbalancing|vpcflowlogs|Config|WAFLogs|vpcdnsquerylogs|globalaccelerator|GuardDuty|network-firewall)\//;

/** Judges an object by its key alone. */
export function judgeKey(key: string): KeyJudgement {
  const parsed = parseObjectKey(key);
  if (parsed.ok) {
    const { kind, deliveredAt } = parsed.key;
    if (kind !== "digest") return { fate: "events", kind };
    const isOfChain = chainOfKey(parsed.key) !== undefined && deliveredAt !== undefined;
    return isOfChain ? { fate: "digest", kind } : { fate: "nothing", kind: "no digest by its name" };
  }
  if (parsed.reason === "folder") return { fate: "nothing", kind: "folder" };
  if (otherLogs.test(key)) return { fate: "nothing", kind: "log of another service" };
  // People copy log files under names of their own: whatever it is, it is looked at.
  return { fate: "events", kind: "unknown" };
}
