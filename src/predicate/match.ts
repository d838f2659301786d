import { foldAscii } from "./fold.ts";
import { checkPredicate } from "./check.ts";
import { compileTest } from "./match-test.ts";
import { compileFields } from "./match-fields.ts";
import { compileText } from "./match-text.ts";
import { literalOf } from "./pattern.ts";
import { remembered } from "./remembered.ts";
import { someValue } from "./walk.ts";
import type { Predicate } from "./tree.ts";
import { compileWords } from "./words.ts";

/** Says whether a record fits; `record` is `JSON.parse` of `text`. */
export type Matcher = (record: unknown, text: string) => boolean;

/** Turns a tree of conditions into a JavaScript function; throws `PredicateError` when a condition is not valid. */
export function compileMatcher(predicate: Predicate): Matcher {
  checkPredicate(predicate);
  return compileNode(predicate);
}

function compileNode(predicate: Predicate): Matcher {
  switch (predicate.kind) {
    case "all":
      return () => true;
    case "none":
      return () => false;
    case "and": {
      const parts = predicate.of.map(compileNode);
      return remembered(predicate, (record, text) => parts.every((part) => part(record, text)));
    }
    case "or": {
      const parts = predicate.of.map(compileNode);
      return remembered(predicate, (record, text) => parts.some((part) => part(record, text)));
    }
    case "not": {
      const part = compileNode(predicate.of);
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
    case "field": {
      const { path } = predicate;
      const accepts = compileTest(predicate.test);
      return remembered(predicate, (record, text) => someValue(record, path, (value) => accepts(value, record, text)));
    }
    case "fields":
      return compileFields(predicate);
  }
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
