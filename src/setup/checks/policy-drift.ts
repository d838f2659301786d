import { capital } from "../capital.ts";
import { mergeStatements, type PolicyHome } from "../policies/merge-policy.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { CheckContext, Drift } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { neededStatements, type PolicySetting } from "./needed-statements.ts";
import { compared, isSamePlace } from "./settings-now.ts";

export interface PolicyWords {
  /** `the policy of the queue trails` */
  readonly about: string;
  /** `SNS may not put notices into the queue trails`; stands after what has changed. */
  readonly effect: string;
  readonly loss: string;
  /** `Let SNS put notices into the queue trails again` */
  readonly what: string;
  readonly help: string;
}

/** How a kind of policy is looked at. */
export interface PolicyLook {
  readonly check: string;
  readonly setting: PolicySetting;
  readonly home: PolicyHome;
  readonly manner: "repair" | "propose";
  readonly culprit: Drift["culprit"];
  readonly replays: boolean;
  /** What AWS says itself, where it says something: decides where a policy cannot be judged. */
  readonly isRefused: boolean;
}

/**
 * A policy that does not let through any more what it let through: mended by what it lacks. One that was changed and
 * still does is no drift, and a Deny of somebody's is told, not taken away.
 */
export function policyDrift(context: CheckContext, look: PolicyLook, words: PolicyWords): readonly Drift[] {
  const both = compared(context, look.setting);
  const needed = neededStatements(context, look.setting);
  if (both === undefined || needed.length === 0) return [];
  const isSame = isSamePlace(context, look.setting);
  if (isSame && isSameValue(both.was, both.is)) return [];
  const merged = mergeStatements(both.is, needed, look.home);
  if (!merged.changed && merged.problem === undefined) return [];
  if (isSame && !look.isRefused && !didLetThrough(both.was, needed)) return [];
  const { check, manner, culprit, setting, replays } = look;
  const [was, is] = [statementCount(both.was), statementCount(both.is)];
  const how = both.is === undefined ? "was taken away" : `was changed (${was} statements before, ${is} now)`;
  const told = { check, about: words.about, loss: words.loss, culprit, ...(replays ? { replays } : {}) };
  const sentence = `${capital(words.about)} ${how}: ${words.effect}`;
  if (merged.problem !== undefined) {
    const help = `It cannot be mended by adding to it: ${merged.problem}. Ask who wrote that before you change it`;
    return [{ ...told, sentence: `${sentence}, as ${merged.problem}`, manner: "tell", steps: [], help }];
  }
  const why = `${words.effect}; only what is lacking is added, and everything else stays as it is`;
  const steps = changeSteps(context, setting, merged.document, { what: words.what, why: capital(why) });
  return [{ ...told, sentence, manner, steps, help: words.help }];
}

/** Whether we understood how the policy that was agreed on let it through; if not, nothing is said of what it lacks. */
function didLetThrough(
  was: Parameters<typeof mergeStatements>[0],
  needed: Parameters<typeof mergeStatements>[1],
): boolean {
  const merged = mergeStatements(was, needed);
  return !merged.changed && merged.problem === undefined;
}

function statementCount(document: Parameters<typeof mergeStatements>[0]): number {
  const statements = document?.["Statement"];
  return Array.isArray(statements) ? statements.length : statements === undefined ? 0 : 1;
}
