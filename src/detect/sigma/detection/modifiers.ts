import type { FieldRelation, TimePart } from "../../../predicate/index.ts";
import { SigmaFault } from "../fault.ts";
import { nearest, quote } from "../read-members.ts";

/** What is done to a value, in the order it was written. */
export type Transform =
  | "contains"
  | "startswith"
  | "endswith"
  | "expand"
  | "windash"
  | "base64"
  | "base64offset"
  | "wide"
  | "utf16le"
  | "utf16be"
  | "utf16";

/** What the modifiers behind a field's name add up to. */
export interface Asked {
  readonly transforms: readonly Transform[];
  readonly as:
    | { readonly kind: "text" }
    | { readonly kind: "regex"; readonly flags: string }
    | { readonly kind: "cidr" }
    | { readonly kind: "exists" }
    | { readonly kind: "compare"; readonly by: Comparison }
    | { readonly kind: "time-part"; readonly part: TimePart; readonly by: Comparison | "=" }
    | { readonly kind: "fieldref"; readonly by: FieldRelation };
  /** Values are joined by AND instead of OR. */
  readonly isAll: boolean;
  readonly isCased: boolean;
  readonly isNot: boolean;
}

type Comparison = "<" | "<=" | ">" | ">=";

const transforms: readonly string[] = [
  "contains",
  "startswith",
  "endswith",
  "expand",
  "windash",
  "base64",
  "base64offset",
  "wide",
  "utf16le",
  "utf16be",
  "utf16",
] satisfies Transform[];
const comparisons: Readonly<Record<string, Comparison>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };
const timeParts: readonly string[] = ["minute", "hour", "day", "week", "month", "year"] satisfies TimePart[];
const relations: Readonly<Record<string, FieldRelation>> = {
  contains: "contains",
  startswith: "starts-with",
  endswith: "ends-with",
};
const flagNames: Readonly<Record<string, string>> = {
  i: "i",
  ignorecase: "i",
  m: "m",
  multiline: "m",
  s: "s",
  dotall: "s",
};
const kinds: readonly string[] = ["re", "cidr", "exists", "fieldref"];
const known: readonly string[] = [
  ...transforms,
  ...Object.keys(comparisons),
  ...timeParts,
  ...Object.keys(flagNames),
  ...kinds,
  "all",
  "cased",
  "neq",
];

/** Reads the modifiers of one field; throws `SigmaFault` where they are unknown or do not go together. */
export function readModifiers(names: readonly string[], at: number): Asked {
  for (const [index, name] of names.entries()) {
    if (!known.includes(name)) {
      const near = name.length > 1 ? nearest(name, known) : undefined;
      const hint = near === undefined ? "" : `; ${near} is meant, perhaps`;
      throw new SigmaFault(`There is no modifier ${quote(name)}${hint}`, at);
    }
    if (names.indexOf(name) !== index) {
      throw new SigmaFault(`The modifier ${name} stands twice`, at);
    }
  }
  const asked = {
    transforms: names.filter((name): name is Transform => transforms.includes(name)),
    isAll: names.includes("all"),
    isCased: names.includes("cased"),
    isNot: names.includes("neq"),
  };
  const as = kindOf(names, at);
  return as.kind === "fieldref" ? { ...asked, as, transforms: [] } : { ...asked, as };
}

function kindOf(names: readonly string[], at: number): Asked["as"] {
  const by = names.flatMap((name) => comparisons[name] ?? []);
  const parts = names.filter((name): name is TimePart => timeParts.includes(name));
  const flags = names.filter((name) => flagNames[name] !== undefined);
  const [kind, second] = [
    ...names.filter((name) => kinds.includes(name)),
    ...parts,
    ...(parts[0] === undefined ? by : []),
  ];
  const [part] = parts;
  if (second !== undefined || by.length > 1) {
    throw new SigmaFault(`The modifiers ${names.join(", ")} do not go together`, at);
  }
  if (flags.length > 0 && !(names.indexOf("re") >= 0 && names.indexOf("re") < names.indexOf(flags[0] ?? ""))) {
    throw new SigmaFault(`The modifier ${flags[0] ?? ""} belongs behind re`, at);
  }
  const besides = (...allowed: readonly string[]) => refuseOthers(names, [...allowed, "neq", "all"], at);
  switch (kind) {
    case undefined:
      return { kind: "text" };
    case "re":
      besides("re", "cased", ...flags);
      return { kind: "regex", flags: [...new Set(flags.map((flag) => flagNames[flag] ?? ""))].join("") };
    case "cidr":
      besides("cidr", "expand");
      return { kind: "cidr" };
    case "exists":
      refuseOthers(names, ["exists"], at);
      return { kind: "exists" };
    case "fieldref":
      besides("fieldref", "cased", ...Object.keys(relations));
      return { kind: "fieldref", by: relationOf(names, at) };
    default:
      break;
  }
  besides(...parts, ...Object.keys(comparisons));
  const [comparison] = by;
  if (part !== undefined) {
    return { kind: "time-part", part, by: comparison ?? "=" };
  }
  return comparison === undefined ? { kind: "text" } : { kind: "compare", by: comparison };
}

function relationOf(names: readonly string[], at: number): FieldRelation {
  const [relation, second] = names.flatMap((name) => relations[name] ?? []);
  if (second !== undefined) {
    throw new SigmaFault(`The modifiers ${names.join(", ")} do not go together`, at);
  }
  return relation ?? "equals";
}

function refuseOthers(names: readonly string[], allowed: readonly string[], at: number): void {
  const other = names.find((name) => !allowed.includes(name));
  if (other !== undefined) {
    throw new SigmaFault(`The modifiers ${names.join(", ")} do not go together`, at);
  }
}
