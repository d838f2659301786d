import { type OperationName } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { refusal } from "../refusal.ts";

/** Calls a second of an account in a region (AWS General Reference, "CloudTrail endpoints and quotas"). */
const fastPerSecond = 10;
const slowPerSecond = 1;
const ratesPerSecond: Readonly<Record<string, number>> = {
  LookupEvents: 2,
  RegisterOrganizationDelegatedAdmin: fastPerSecond,
  DeregisterOrganizationDelegatedAdmin: fastPerSecond,
};

/** Refuses calls that come quicker than AWS takes them: a bucket of a second's calls for each operation. */
export function callRates(): (operation: OperationName<"cloudtrail">, by: By) => void {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return (operation, by) => {
    const rate = ratesPerSecond[operation] ?? (/^(Get|Describe|List)/.test(operation) ? fastPerSecond : slowPerSecond);
    const key = [by.accountId, by.region, operation].join("/");
    const before = buckets.get(key) ?? { left: rate, at: by.at };
    const left = Math.min(rate, before.left + (Math.max(0, by.at - before.at) * rate) / 1000);
    buckets.set(key, { left: left < 1 ? left : left - 1, at: by.at });
    if (left < 1) throw refusal("ThrottlingException", "Rate exceeded");
  };
}
