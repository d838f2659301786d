import { compilePattern, type Predicate } from "../../../predicate/index.ts";
import { readPattern } from "../detection/pattern.ts";
import { SigmaFault } from "../fault.ts";
import { choicesMax } from "../limits.ts";
import { nearest, quote } from "../read-members.ts";
import type { Condition } from "./condition.ts";

/** The searches of a rule by name; those that a condition asks for are ticked off. */
export class Searches {
  readonly #byName: ReadonlyMap<string, Predicate>;
  readonly #unused: Set<string>;

  constructor(byName: ReadonlyMap<string, Predicate>) {
    this.#byName = byName;
    this.#unused = new Set(byName.keys());
  }

  /** Names that no condition has asked for. */
  get unused(): readonly string[] {
    return [...this.#unused];
  }

  /** Puts the searches in the place of their names. */
  resolve(condition: Condition): Predicate {
    switch (condition.kind) {
      case "name":
        return this.#named(condition.name, condition.at);
      case "some":
        return this.#some(condition);
      case "not":
        return { kind: "not", of: this.resolve(condition.of) };
      case "and":
      case "or":
        return { kind: condition.kind, of: condition.of.map((part) => this.resolve(part)) };
    }
  }

  #named(name: string, at: number): Predicate {
    const found = this.#byName.get(name);
    if (found === undefined) {
      const near = nearest(name, [...this.#byName.keys()]);
      throw new SigmaFault(
        `There is no search ${quote(name)}${near === undefined ? "" : `; ${near} is meant, perhaps`}`,
        at,
      );
    }
    this.#unused.delete(name);
    return found;
  }

  #some({ count, pattern, at }: Condition & { readonly kind: "some" }): Predicate {
    const names = [...this.#byName.keys()].filter((name) => isMeant(name, pattern));
    const wanted = count ?? names.length;
    if (names.length === 0 || wanted > names.length) {
      const found =
        names.length === 0
          ? "No search is"
          : names.length === 1
            ? "Only one search is"
            : `Only ${names.length} searches are`;
      throw new SigmaFault(`${found} meant by ${quote(pattern)}`, at);
    }
    const parts = names.map((name) => this.#named(name, at));
    if (wanted === parts.length) {
      return { kind: "and", of: parts };
    }
    if (choices(parts.length, wanted) > choicesMax) {
      throw new SigmaFault(`${wanted} of ${parts.length} searches can be chosen in too many ways`, at);
    }
    return { kind: "or", of: someOf(parts, wanted) };
  }
}

/** Names that begin with an underscore are left out, unless the pattern asks for them. */
function isMeant(name: string, pattern: string): boolean {
  if (name.startsWith("_") && !pattern.startsWith("_")) {
    return false;
  }
  if (pattern === "them") {
    return true;
  }
  return compilePattern(readPattern(pattern), true)(name);
}

/** Each way to choose so many of the parts, joined by AND. */
function someOf(parts: readonly Predicate[], count: number): readonly Predicate[] {
  if (count === 1) {
    return parts;
  }
  return choose(parts, count).map((chosen) => ({ kind: "and", of: chosen }));
}

function choose(parts: readonly Predicate[], count: number): readonly (readonly Predicate[])[] {
  const [first, ...rest] = parts;
  if (count === 0) {
    return [[]];
  }
  if (first === undefined || parts.length < count) {
    return [];
  }
  return [...choose(rest, count - 1).map((chosen) => [first, ...chosen]), ...choose(rest, count)];
}

function choices(from: number, count: number): number {
  let ways = 1;
  for (let at = 1; at <= count; at += 1) {
    ways = (ways * (from - count + at)) / at;
  }
  return ways;
}
