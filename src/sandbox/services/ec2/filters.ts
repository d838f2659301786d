import { type Tags } from "./things.ts";
import { AwsError } from "../../../aws/index.ts";
import { invalidValue } from "./refusals.ts";

export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** By the name of a filter, what a thing has there. */
export type FilterFields<Thing> = Readonly<Record<string, (thing: Thing) => readonly (string | undefined)[]>>;

/** EC2 API Reference, "Filter": up to 200 values in one request. */
const valuesMax = 200;

/** Makes one test of all filters; refuses those that are not known here. */
export function readFilters<Thing>(
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Thing>,
  tagsOf?: (thing: Thing) => Tags,
): (thing: Thing) => boolean {
  const given = filters ?? [];
  if (given.reduce((sum, { Values }) => sum + (Values?.length ?? 0), 0) > valuesMax) {
    throw new AwsError(
      "FilterLimitExceeded",
      `The maximum number of filter values specified on a single call is ${valuesMax}`,
    );
  }
  const tests = given.map((filter) => readFilter(filter, fields, tagsOf));
  return (thing) => tests.every((test) => test(thing));
}

function readFilter<Thing>(
  { Name = "", Values = [] }: Filter,
  fields: FilterFields<Thing>,
  tagsOf: ((thing: Thing) => Tags) | undefined,
): (thing: Thing) => boolean {
  const wanted = (value: string | undefined) => value !== undefined && Values.some((pattern) => isLike(value, pattern));
  if (tagsOf !== undefined && Name.startsWith("tag:")) {
    const key = Name.slice("tag:".length);
    return (thing) => wanted(new Map(Object.entries(tagsOf(thing))).get(key));
  }
  if (tagsOf !== undefined && Name === "tag-key") return (thing) => Object.keys(tagsOf(thing)).some(wanted);
  const field = Object.hasOwn(fields, Name) ? fields[Name] : undefined;
  if (field === undefined) throw invalidValue(`The filter '${Name.slice(0, 100)}' is invalid`);
  return (thing) => field(thing).some(wanted);
}

/** EC2's wildcards: `*` for anything, `?` for one character, `\` before either for itself. Steps are at most length times length. */
export function isLike(value: string, pattern: string): boolean {
  const wanted = readPattern(pattern);
  let [at, part] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < value.length) {
    const here = wanted[part];
    if (here === many) [star, resume, part] = [part, at, part + 1];
    else if (here !== undefined && (here === one || here === value.charAt(at))) [at, part] = [at + 1, part + 1];
    else if (star >= 0) [at, resume, part] = [resume + 1, resume + 1, star + 1];
    else return false;
  }
  while (wanted[part] === many) part += 1;
  return part === wanted.length;
}

const many = Symbol("*");
const one = Symbol("?");

function readPattern(pattern: string): readonly (string | symbol)[] {
  const parts: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at);
    if (sign === "\\" && at + 1 < pattern.length) parts.push(pattern.charAt((at += 1)));
    else parts.push(sign === "*" ? many : sign === "?" ? one : sign);
  }
  return parts;
}
