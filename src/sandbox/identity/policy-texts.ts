import { type NamedPolicy } from "../policy/evaluate.ts";
import { type Policy } from "../policy/policy-document.ts";
import { type PolicyRules, readPolicy } from "../policy/read-policy.ts";

/** Reads policies, each text once. */
export interface PolicyTexts {
  /** A policy by its text; one that cannot be read says nothing. */
  read(name: string, text: string, on: PolicyRules["on"]): NamedPolicy;
}

const textsMax = 2000;
const nothing: Policy = { version: "2012-10-17", id: undefined, statements: [] };

/** Keeps the policies that were read last. */
export function createPolicyTexts(): PolicyTexts {
  const known = new Map<string, Policy>();
  return {
    read(name, text, on) {
      const key = `${on} ${text}`;
      let policy = known.get(key);
      if (policy === undefined) {
        const read = readPolicy(text, { on });
        policy = read.ok ? read.policy : nothing;
        const [oldest] = known.keys();
        if (known.size >= textsMax && oldest !== undefined) known.delete(oldest);
        known.set(key, policy);
      }
      return { name, policy };
    },
  };
}
