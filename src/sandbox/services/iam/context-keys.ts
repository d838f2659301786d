import { type Policy } from "../../policy/policy-document.ts";

/** The condition keys that policies look at, in conditions and variables, each once. */
export function keysUsedBy(policies: readonly Policy[]): string[] {
  const keys = new Set<string>();
  for (const { statements } of policies) {
    for (const { conditions, resources } of statements) {
      for (const { key, values } of conditions) {
        keys.add(key);
        for (const value of values) addVariables(keys, value);
      }
      for (const { text } of resources?.patterns ?? []) addVariables(keys, text);
    }
  }
  return [...keys].sort();
}

function addVariables(keys: Set<string>, text: string): void {
  for (const [, variable = ""] of text.matchAll(/\$\{([^},]+)/g)) {
    const key = variable.trim().toLowerCase();
    if (key.length > 1) keys.add(key);
  }
}
