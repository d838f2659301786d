import { compileJsonFilter, type MessageFilter } from "./json-filter.ts";
import { invalid } from "./invalid-parameter.ts";

const patternMax = 1_024;

/**
 * Reads a filter pattern: CloudWatch Logs User Guide, "Filter pattern syntax". Words and JSON are done; regular
 * expressions and patterns of columns are refused.
 */
export function compileFilter(pattern: string | undefined): MessageFilter {
  const text = pattern?.trim() ?? "";
  if (text === "") return () => true;
  if (text.length > patternMax) throw invalid(`A filter pattern has at most ${patternMax} characters.`);
  if (text.includes("%")) throw invalid("Regular expressions in filter patterns are not part of this endpoint.");
  if (text.startsWith("{")) return compileJsonFilter(text);
  if (text.startsWith("[")) throw invalid("Filter patterns of columns are not part of this endpoint.");
  return compileWords(text);
}

/** All of the plain words, none of those behind `-`, and one at least of those behind `?`; case counts. */
function compileWords(text: string): MessageFilter {
  const all: string[] = [];
  const none: string[] = [];
  const some: string[] = [];
  const shape = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/uy;
  let at = 0;
  while (at < text.length) {
    shape.lastIndex = at;
    const found = shape.exec(text);
    if (found === null) throw invalid("Invalid filter pattern");
    const [, sign, quoted, plain = ""] = found;
    const word = quoted === undefined ? plain : quoted.replaceAll(/\\(.)/gu, "$1");
    if (quoted === undefined && !/^[A-Za-z0-9_.:/@-]+$/u.test(word))
      throw invalid(`Invalid character(s) in term '${word.slice(0, 50)}'`);
    (sign === "?" ? some : sign === "-" ? none : all).push(word);
    at = shape.lastIndex;
  }
  // Beside plain words those behind ? say nothing: the same page, "Match terms in unstructured log events".
  const isChoice = some.length > 0 && all.length === 0;
  return (message) =>
    all.every((word) => message.includes(word)) &&
    !none.some((word) => message.includes(word)) &&
    (!isChoice || some.some((word) => message.includes(word)));
}
