import { isOperator } from "./condition-operators.ts";
import { compilePattern, type Reach } from "./pattern.ts";
import { type Condition, type PatternSet, type Statement } from "./policy-document.ts";
import { type PolicyProblem, type PolicyProblemKind } from "./policy-problem.ts";
import { readPrincipals } from "./read-principals.ts";
import { hasVariables } from "./variables.ts";

type ReadStatementResult =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problem: PolicyProblem };

const fields = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** Stops the reading of a statement; never leaves this file. */
class Wrong extends Error {
  readonly problem: PolicyProblem;

  constructor(kind: PolicyProblemKind, part: unknown) {
    super(kind);
    this.problem = { kind, part: (typeof part === "string" ? part : (JSON.stringify(part) ?? "")).slice(0, 200) };
  }
}

/** Reads one statement of a policy that hangs on `on`. */
export function readStatement(
  value: unknown,
  { on }: { readonly on: "identity" | "resource" | "trust" | "control" },
  isNew: boolean,
): ReadStatementResult {
  try {
    return { ok: true, statement: statementOf(value, on, isNew) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, problem: error.problem };
    throw error;
  }
}

function statementOf(value: unknown, on: "identity" | "resource" | "trust" | "control", isNew: boolean): Statement {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Wrong("syntax", value);
  const given = new Map<string, unknown>(Object.entries(value));
  for (const field of given.keys()) if (!fields.has(field)) throw new Wrong("unknown-field", field);
  const sid = given.get("Sid");
  if (sid !== undefined && typeof sid !== "string") throw new Wrong("syntax", "Sid");
  if (typeof sid === "string" && on !== "resource" && !/^[0-9A-Za-z]*$/.test(sid)) throw new Wrong("sid-form", sid);
  const effect = given.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") throw new Wrong("effect", effect ?? "");
  const isVariable = isNew;
  return {
    sid,
    effect,
    principals: principalsOf(given, on),
    actions: actionsOf(given, on),
    resources: resourcesOf(given, on, isVariable),
    conditions: conditionsOf(given.get("Condition")),
    hasVariables: isVariable,
  };
}

function principalsOf(given: ReadonlyMap<string, unknown>, on: string): Statement["principals"] {
  const [field, value] = oneOf(given, "Principal", "NotPrincipal");
  if (on === "identity" || on === "control") {
    if (field !== undefined) throw new Wrong("prohibited-principal", field);
    return undefined;
  }
  if (field === undefined) throw new Wrong("no-principal", "Principal");
  const read = readPrincipals(value);
  if (!read.ok) throw new Wrong("principal", read.part);
  return { isNot: field === "NotPrincipal", clauses: read.clauses };
}

function actionsOf(given: ReadonlyMap<string, unknown>, on: string): PatternSet {
  const [field, value] = oneOf(given, "Action", "NotAction");
  const actions = field === undefined ? [] : textsOf(value, field);
  if (field === undefined || actions.length === 0) throw new Wrong("no-action", "Action");
  for (const action of actions) {
    if (action === "*") continue;
    const [vendor = "", name, more] = action.split(":");
    if (name === undefined) throw new Wrong("action", action);
    if (more !== undefined || name === "" || !/^[A-Za-z0-9-]+$/.test(vendor)) throw new Wrong("action", action);
    if (on === "trust" && vendor.toLowerCase() !== "sts") throw new Wrong("action", action);
  }
  // Actions have no case.
  return patternSet(field === "NotAction", actions, "all", (text) => text.toLowerCase(), false);
}

function resourcesOf(given: ReadonlyMap<string, unknown>, on: string, isVariable: boolean): PatternSet | undefined {
  const [field, value] = oneOf(given, "Resource", "NotResource");
  if (on === "trust") {
    if (field !== undefined) throw new Wrong("prohibited-resource", field);
    return undefined;
  }
  const resources = field === undefined ? [] : textsOf(value, field);
  if (field === undefined || resources.length === 0) throw new Wrong("no-resource", "Resource");
  for (const resource of resources) {
    if (!/^(\*|arn:.*)$/s.test(resource) && !(isVariable && hasVariables(resource))) {
      throw new Wrong("resource", resource);
    }
  }
  return patternSet(field === "NotResource", resources, "resource", (text) => text, isVariable);
}

function patternSet(
  isNot: boolean,
  texts: readonly string[],
  reach: Reach,
  change: (text: string) => string,
  isVariable: boolean,
): PatternSet {
  const patterns = texts.map((text) => ({
    text,
    compiled:
      isVariable && hasVariables(text) ? undefined : compilePattern([{ text: change(text), isLiteral: false }], reach),
  }));
  return { isNot, patterns };
}

function conditionsOf(value: unknown): readonly Condition[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Wrong("condition", value);
  return Object.entries(value).flatMap(([operator, keys]: [string, unknown]) => {
    const parts = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/.exec(operator.toLowerCase());
    const name = parts?.[2] ?? "";
    if (!isOperator(name) || (name === "null" && parts?.[3] !== undefined)) {
      throw new Wrong("condition-operator", operator);
    }
    if (typeof keys !== "object" || keys === null || Array.isArray(keys)) throw new Wrong("condition", operator);
    return Object.entries(keys).map(([key, values]: [string, unknown]) => ({
      operator,
      name,
      quantifier:
        parts?.[1] === undefined ? undefined : parts[1] === "forallvalues" ? ("all" as const) : ("any" as const),
      isIfExists: parts?.[3] !== undefined,
      key: key.toLowerCase(),
      values: textsOf(values, operator, "condition"),
    }));
  });
}

function oneOf(
  given: ReadonlyMap<string, unknown>,
  field: string,
  notField: string,
): readonly [string | undefined, unknown] {
  if (given.has(field) && given.has(notField)) throw new Wrong("syntax", notField);
  if (given.has(field)) return [field, given.get(field)];
  return given.has(notField) ? [notField, given.get(notField)] : [undefined, undefined];
}

/** A text or a list of them; conditions may have numbers and booleans too. */
function textsOf(value: unknown, part: string, kind: "syntax" | "condition" = "syntax"): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === "string") return item;
    if (kind === "condition" && (typeof item === "number" || typeof item === "boolean")) return String(item);
    throw new Wrong(kind, part);
  });
}
