import type { About, Case } from "./diagnosing/case.ts";
import { upper } from "./diagnosing/case.ts";
import { identityCases } from "./diagnosing/identity-cases.ts";
import { machineCases } from "./diagnosing/machine-cases.ts";
import { placeCases } from "./diagnosing/place-cases.ts";
import { rightCases } from "./diagnosing/right-cases.ts";
import { saidBy } from "./diagnosing/said.ts";
import type { Finding } from "./findings.ts";

/** The first that knows what was said has it. */
const cases: readonly Case[] = [...identityCases, ...placeCases, ...rightCases, ...machineCases];

const causeCharactersMax = 1_000;

/** What went wrong, as one sentence with the thing and the missing right in it, and what to do. */
export function diagnose(error: unknown, about: About): Finding {
  const said = saidBy(error);
  const cause = `${said.code}: ${said.message}`.slice(0, causeCharactersMax);
  for (const one of cases) {
    const known = one(said, about);
    if (known !== undefined) return { ...known, isGood: false, cause };
  }
  return {
    code: "unknown",
    isGood: false,
    sentence: `${upper(about.what)} cannot be used: ${firstLine(said.message) || said.code}`,
    help: "It is tried again by itself; what was said stands beside it",
    cause,
  };
}

/** As the end of a sentence. */
function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 300).replace(/[\s.]+$/, "");
}
