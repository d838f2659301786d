/** Text that any strict JSON parser takes, if the text it was made from was JSON but for what is mended here. */
export interface RepairedJson {
  readonly text: string;
  /** How many keys were written; a parser that finds fewer met some twice. */
  readonly keys: number;
}

const numberGrammar = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const numberLike = /^[-+]?(?:[\d.]+(?:[eE][-+]?\d*)?|NaN|Infinity)$/;
const uint64Max = 18_446_744_073_709_551_615n;
const int64Min = -9_223_372_036_854_775_808n;
// control characters, surrogates that may be alone, and escapes
const suspicious = /[\p{Cc}\p{Cs}]|\\/u;

/**
 * Mends what strict parsers refuse inside strings and numbers, token by token and without a tree: raw control
 * characters are escaped, lone surrogates become U+FFFD, a backslash that escapes nothing stands for itself, and a
 * number that neither a double nor 64 bits can hold (or that is none in JSON) becomes a string of its digits. Brackets,
 * commas and words are passed on as they are.
 */
export function repairJson(text: string): RepairedJson {
  const parts: string[] = [];
  let keys = 0;
  let i = 0;
  while (i < text.length) {
    const first = text.charCodeAt(i);
    if (first === 0x22) {
      const end = endOfString(text, i + 1);
      const body = text.slice(i + 1, end);
      // a string that never ends keeps its one quote, so that the parser sees it
      parts.push('"', suspicious.test(body) ? repairString(body) : body, end < text.length ? '"' : "");
      i = end + 1;
      continue;
    }
    if (isPunctuation(first)) {
      keys += first === 0x3a ? 1 : 0;
      parts.push(text.charAt(i++));
      continue;
    }
    let end = i + 1;
    while (end < text.length && !isPunctuation(text.charCodeAt(end)) && text.charCodeAt(end) !== 0x22) {
      end++;
    }
    const word = text.slice(i, end).trim();
    parts.push(word === "" ? "" : repairScalar(word));
    i = end;
  }
  return { text: parts.join(""), keys };
}

/** The index of the closing quote, or the text's length. */
function endOfString(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      return i;
    }
    i += c === 0x5c ? 2 : 1;
  }
  return text.length;
}

/** Brackets, colon and comma. */
function isPunctuation(c: number): boolean {
  return c === 0x7b || c === 0x7d || c === 0x5b || c === 0x5d || c === 0x3a || c === 0x2c;
}

function repairString(body: string): string {
  const escapesOrOdd = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^]|\p{Cc}/gu;
  return body
    .replace(escapesOrOdd, (found) => {
      const second = found[1];
      if (found.length === 1) {
        return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
      }
      if (second === "u" && found.length === 6) {
        return /^\\u[dD][89a-fA-F]/.test(found) ? "\\ufffd" : found;
      }
      if (found.length === 12 || (second !== undefined && '"\\/bfnrt'.includes(second))) {
        return found;
      }
      return `\\\\${repairString(found.slice(1))}`;
    })
    .toWellFormed();
}

function repairScalar(word: string): string {
  if (word === "true" || word === "false" || word === "null") {
    return word;
  }
  if (!numberGrammar.test(word)) {
    return numberLike.test(word) ? `"${word}"` : word;
  }
  return isHoldable(word) ? word : `"${word}"`;
}

function isHoldable(number: string): boolean {
  if (/[.eE]/.test(number)) {
    return Number.isFinite(Number(number));
  }
  if (number.length > 20) {
    return false;
  }
  const value = BigInt(number);
  return value >= int64Min && value <= uint64Max;
}
