import { conditionsHold } from "./conditions.ts";
import { type Context } from "./context.ts";
import { compilePattern, matchesPattern, type Reach } from "./pattern.ts";
import { type PatternSet, type Statement } from "./policy-document.ts";
import { resolveVariables } from "./variables.ts";

/** What is asked for: an action on a resource, and all that conditions may look at. */
export interface Asked {
  /** `s3:GetObject`, in lower case. */
  readonly action: string;
  /** An ARN, or `*` where an action has no resource. */
  readonly resource: string;
  readonly context: Context;
}

/** Whether a statement speaks of what is asked, whoever asks. */
export function statementApplies(statement: Statement, asked: Asked): boolean {
  return (
    isIn(statement.actions, asked.action, "all", asked.context) &&
    (statement.resources === undefined || isIn(statement.resources, asked.resource, "resource", asked.context)) &&
    conditionsHold(statement.conditions, asked.context, statement.hasVariables)
  );
}

function isIn(set: PatternSet, text: string, reach: Reach, context: Context): boolean {
  let hasUnknown = false;
  for (const { text: source, compiled } of set.patterns) {
    const parts = compiled === undefined ? resolveVariables(source, context) : undefined;
    const pattern = compiled ?? (parts === undefined ? undefined : compilePattern(parts, reach));
    if (pattern === undefined) hasUnknown = true;
    else if (matchesPattern(pattern, text)) return !set.isNot;
  }
  // A variable without a value lets nothing match, in NotResource no more than in Resource.
  return set.isNot && !hasUnknown;
}
