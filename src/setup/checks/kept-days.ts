import { z } from "zod";
import type { SettingValues } from "../settings/values.ts";

type Rules = SettingValues["bucket-lifecycle"];
type Rule = Rules[number];

const tag = z.looseObject({ Key: z.string() });
const filter = z.looseObject({
  Prefix: z.string().optional(),
  Tag: tag.optional(),
  And: z.looseObject({ Prefix: z.string().optional(), Tags: z.array(tag).optional() }).optional(),
});
const rule = z.looseObject({
  Status: z.string().optional(),
  Prefix: z.string().optional(),
  Filter: filter.optional(),
  Expiration: z.looseObject({ Days: z.number().optional(), Date: z.string().optional() }).optional(),
});

/**
 * After how many days a rule deletes log files below this prefix of the bucket; nothing when it deletes none of them (S3
 * User Guide, "Lifecycle configuration elements").
 */
export function daysOfRule(written: Rule, prefix: string): number | undefined {
  const read = rule.safeParse(written);
  if (!read.success || read.data.Status !== "Enabled") return undefined;
  const { Expiration: expiration, Filter: by, Prefix: old } = read.data;
  // CloudTrail gives its log files no tags.
  if (by?.Tag !== undefined || (by?.And?.Tags ?? []).length > 0) return undefined;
  const start = by?.And?.Prefix ?? by?.Prefix ?? old ?? "";
  const logs = prefix === "" ? "AWSLogs/" : `${prefix}/AWSLogs/`;
  if (!start.startsWith(logs) && !logs.startsWith(start)) return undefined;
  // From its date on such a rule deletes everything, whatever its age.
  return expiration?.Date === undefined ? expiration?.Days : 0;
}

/** How long log files stay, in days; without an end when no rule deletes them. */
export function keptDays(rules: Rules | undefined, prefix: string): number {
  return Math.min(Number.POSITIVE_INFINITY, ...(rules ?? []).flatMap((each) => daysOfRule(each, prefix) ?? []));
}

/** The rules with no more changed than that log files stay so long; those that do nothing then are left out. */
export function keptLonger(rules: Rules, prefix: string, days: number): Rules {
  return rules.flatMap((each): readonly Rule[] => {
    const own = daysOfRule(each, prefix);
    if (own === undefined || own >= days) return [each];
    if (Number.isFinite(days)) return [{ ...each, Expiration: { Days: days } }];
    const { Expiration: _shortened, ...rest } = each;
    return doesSomething(rest) ? [rest] : [];
  });
}

const doing = [
  "Expiration",
  "Transitions",
  "NoncurrentVersionTransitions",
  "NoncurrentVersionExpiration",
  "AbortIncompleteMultipartUpload",
];

function doesSomething(each: Rule): boolean {
  return doing.some((name) => each[name] !== undefined);
}
