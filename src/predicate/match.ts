import { foldAscii } from "./fold.ts";
import { checkPredicate } from "./check.ts";
import { compileTest } from "./match-test.ts";
import { compileFields } from "./match-fields.ts";
import { compileText } from "./match-text.ts";
import { literalOf } from "./pattern.ts";
import { asksOneField, remembered } from "./remembered.ts";
import { someValue } from "./walk.ts";
import type { Predicate } from "./tree.ts";
import { compileWords } from "./words.ts";

/** Says whether a record fits; `record` is `JSON.parse` of `text`. */
export type Matcher = (record: unknown, text: string) => boolean;

/** Turns a tree of conditions into a JavaScript function; throws `PredicateError` when a condition is not valid. */
export function compileMatcher(predicate: Predicate): Matcher {
  return matcherCompiler()(predicate);
}

/**
 * `compileMatcher` for many trees that are asked of one record after another: what several of them ask is looked up once.
 */
export function matcherCompiler(): (predicate: Predicate) => Matcher {
  const shared: Shared = new Map();
  return (predicate) => {
    checkPredicate(predicate);
    return compileNode(predicate, shared);
  };
}

/** What was compiled before, by its condition as text. */
type Shared = Map<string, Matcher>;

function compileNode(predicate: Predicate, shared: Shared): Matcher {
  switch (predicate.kind) {
    case "all":
      return () => true;
    case "none":
      return () => false;
    case "and":
    case "or":
      return asksOneField(predicate) ? sharing(predicate, shared, compileParts) : compileParts(predicate, shared);
    case "not": {
      const part = compileNode(predicate.of, shared);
      return (record, text) => !part(record, text);
    }
    case "text": {
      const matches = compileText(predicate.pattern);
      return (_record, text) => matches(text, foldedTextOf(text));
    }
    case "words": {
      const matches = compileWords(predicate.pattern);
      const stands = literalOf(predicate.pattern) === undefined ? undefined : compileText(predicate.pattern);
      return (_record, text) => {
        const folded = foldedTextOf(text);
        return (stands === undefined || stands(text, folded)) && matches(folded);
      };
    }
    case "field":
      return sharing(predicate, shared, compileField);
    case "fields":
      return compileFields(predicate);
  }
}

function compileParts({ kind, of }: Extract<Predicate, { readonly kind: "and" | "or" }>, shared: Shared): Matcher {
  const parts = of.map((part) => compileNode(part, shared));
  return kind === "and"
    ? (record, text) => parts.every((part) => part(record, text))
    : (record, text) => parts.some((part) => part(record, text));
}

function compileField({ path, test }: Extract<Predicate, { readonly kind: "field" }>): Matcher {
  const accepts = compileTest(test);
  return (record, text) => someValue(record, path, (value) => accepts(value, record, text));
}

/** Compiled once for the same condition, whose last answer is kept until another record is asked. */
function sharing<Part extends Predicate>(
  predicate: Part,
  shared: Shared,
  compile: (predicate: Part, shared: Shared) => Matcher,
): Matcher {
  const key = JSON.stringify(predicate);
  const known = shared.get(key);
  if (known !== undefined) return known;
  const asked = onceARecord(remembered(predicate, compile(predicate, shared)));
  shared.set(key, asked);
  return asked;
}

function onceARecord(asked: Matcher): Matcher {
  let last: unknown = asked;
  let answer = false;
  return (record, text) => {
    if (record !== last) {
      answer = asked(record, text);
      last = record;
    }
    return answer;
  };
}

let lastText = "";
let lastFolded = "";

/** Many conditions ask about one record after another, so the last record's folded text is kept. */
function foldedTextOf(text: string): string {
  if (text !== lastText) {
    lastFolded = foldAscii(text);
    lastText = text;
  }
  return lastFolded;
}
