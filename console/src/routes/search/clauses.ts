/** One of the conditions that must all hold, as it stands in the search text. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly isNegative: boolean;
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Splits at spaces that stand in no quotes, brackets or regular expression. */
function splitWords(query: string): readonly Word[] {
  const words: Word[] = [];
  let from = -1;
  let depth = 0;
  let closing = "";
  for (let index = 0; index <= query.length; index += 1) {
    const character = query.charAt(index);
    if (closing !== "") {
      if (character === "\\") index += 1;
      else if (character === closing) closing = "";
      if (index < query.length) continue;
    }
    const isSpace = /^\s?$/.test(character);
    if (isSpace && (depth === 0 || index >= query.length)) {
      if (from >= 0) words.push({ from, to: Math.min(index, query.length), text: query.slice(from, index) });
      from = -1;
      continue;
    }
    if (from < 0) from = index;
    if (character === '"') closing = '"';
    else if (character === "/" && /[:=]/.test(query.charAt(index - 1))) closing = "/";
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
  }
  return words;
}

/**
 * The conditions that the whole search is an AND of. A search with an OR at its top is one condition: no part of it
 * can be taken away without changing what the rest means.
 */
export function clausesOf(query: string): readonly Clause[] {
  const words = splitWords(query);
  if (words.length === 0) return [];
  const whole = { from: 0, to: query.length, text: query.trim(), isNegative: false };
  if (words.some((word) => word.text === "OR" || word.text === "||")) return [whole];
  const clauses: Clause[] = [];
  let start: number | undefined;
  for (const word of words) {
    if (word.text === "AND" || word.text === "&&") continue;
    if (word.text === "NOT" || word.text === "!" || word.text === "-") {
      start ??= word.from;
      continue;
    }
    const from = start ?? word.from;
    const text = query.slice(from, word.to);
    clauses.push({ from, to: word.to, text, isNegative: /^(?:NOT\s|[-!])/.test(text) });
    start = undefined;
  }
  return clauses;
}

/** The search without one of its conditions. */
export function withoutClause(query: string, clause: Clause): string {
  return clausesOf(query)
    .filter((each) => each.from !== clause.from)
    .map((each) => each.text)
    .join(" ");
}

/** The search with one of its conditions turned into its opposite. */
export function invertClause(query: string, clause: Clause): string {
  return clausesOf(query)
    .map((each) => (each.from === clause.from ? invert(each) : each.text))
    .join(" ");
}

function invert(clause: Clause): string {
  if (clause.isNegative) return clause.text.replace(/^(?:NOT\s+|[-!]\s*)/, "");
  const isOneWord = splitWords(clause.text).length === 1;
  return isOneWord ? `-${clause.text}` : `-(${clause.text})`;
}
