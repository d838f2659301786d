import { editDistance } from "../../base/edit-distance.ts";

/** What a fault can be told, and what it does where nothing is said. */
export type Parameter =
  | { readonly kind: "share"; readonly summary: string; readonly default: number }
  | { readonly kind: "minutes"; readonly summary: string; readonly default: number }
  | { readonly kind: "count"; readonly summary: string; readonly default: number; readonly most: number }
  | { readonly kind: "choice"; readonly summary: string; readonly default: string; readonly among: readonly string[] }
  /** Without a default it has to be given; with an empty one it need not. */
  | { readonly kind: "text"; readonly summary: string; readonly default?: string }
  | { readonly kind: "texts"; readonly summary: string };

export type Parameters = Readonly<Record<string, Parameter>>;

/** The values of parameters, by their kind. */
export type Values<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name]["kind"] extends "share" | "minutes" | "count"
    ? number
    : P[Name]["kind"] extends "texts"
      ? readonly string[]
      : string;
};

/** What is asked wrongly; the sentence says what to do. */
export class WrongParameters extends Error {}

const limits = { textLengthMax: 2048, textsMax: 100, minutesMax: 7 * 24 * 60 };

/** Reads what was given for a fault: every value by its kind, nothing that is not known. */
export function readParameters<P extends Parameters>(parameters: P, given: unknown): Values<P> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new WrongParameters("Parameters are an object");
  }
  for (const name of Object.keys(given)) if (!Object.hasOwn(parameters, name)) throw unknownParameter(name, parameters);
  const values = Object.entries(parameters).map(([name, parameter]) => {
    const value: unknown = Object.hasOwn(given, name) ? given[name as keyof typeof given] : undefined;
    return [name, readValue(name, parameter, value)] as const;
  });
  return Object.fromEntries(values) as Values<P>;
}

function readValue(name: string, parameter: Parameter, value: unknown): number | string | readonly string[] {
  switch (parameter.kind) {
    case "share":
      return number(name, value ?? parameter.default, 0, 1);
    case "minutes":
      return number(name, value ?? parameter.default, 0, limits.minutesMax);
    case "count":
      return whole(name, number(name, value ?? parameter.default, 1, parameter.most));
    case "choice":
      return choice(name, value ?? parameter.default, parameter.among);
    case "text":
      if (value === undefined && parameter.default === undefined) throw new WrongParameters(`${name} has to be given`);
      return text(name, value ?? parameter.default);
    case "texts":
      if (value === undefined) return [];
      if (!Array.isArray(value) || value.length > limits.textsMax) {
        throw new WrongParameters(`${name} is a list of at most ${limits.textsMax} texts`);
      }
      return value.map((one) => text(name, one));
  }
}

function number(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new WrongParameters(`${name} is a number from ${least} to ${most}`);
}

function whole(name: string, value: number): number {
  if (Number.isInteger(value)) return value;
  throw new WrongParameters(`${name} is a whole number`);
}

function choice(name: string, value: unknown, among: readonly string[]): string {
  if (typeof value === "string" && among.includes(value)) return value;
  throw new WrongParameters(`${name} is one of ${among.join(", ")}`);
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && value.length <= limits.textLengthMax) return value;
  throw new WrongParameters(`${name} is a text of at most ${limits.textLengthMax} characters`);
}

function unknownParameter(name: string, parameters: Parameters): WrongParameters {
  const known = Object.keys(parameters);
  const near = known.find((one) => editDistance(one, name.slice(0, 40)) <= 2);
  const hint = near === undefined ? `it knows ${known.join(", ") || "none"}` : `did you mean ${near}?`;
  return new WrongParameters(`There is no parameter ${name.slice(0, 40)}; ${hint}`);
}
