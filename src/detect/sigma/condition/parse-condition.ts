import { SigmaFault } from "../fault.ts";
import { conditionDepthMax, conditionLengthMax } from "../limits.ts";
import { quote } from "../read-members.ts";
import type { Condition } from "./condition.ts";

interface Token {
  readonly text: string;
  readonly at: number;
}

const tokens = /\s*(?:([()])|([\w.\-*?]+)|(\S))/gy;

/** Reads a condition; throws `SigmaFault` with an offset into its text. */
export function parseCondition(text: string): Condition {
  if (text.length > conditionLengthMax) {
    throw new SigmaFault(`A condition may have ${conditionLengthMax} characters`, 0);
  }
  const parser = new Parser(text);
  const condition = parser.or(0);
  parser.end();
  return condition;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;

  constructor(text: string) {
    this.#tokens = readTokens(text);
    this.#end = text.length;
  }

  or(depth: number): Condition {
    return this.#chain("or", () => this.#and(depth));
  }

  end(): void {
    const token = this.#tokens[this.#next];
    if (token !== undefined) {
      const what =
        token.text === ")" ? "There is no ( for this )" : `${quote(token.text)} stands where and or or belongs`;
      throw new SigmaFault(what, token.at);
    }
  }

  #and(depth: number): Condition {
    return this.#chain("and", () => this.#not(depth));
  }

  #chain(word: "and" | "or", read: () => Condition): Condition {
    const parts = [read()];
    while (this.#takes(word)) {
      parts.push(read());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: word, of: parts };
  }

  #not(depth: number): Condition {
    if (depth > conditionDepthMax) {
      throw new SigmaFault(`A condition may be nested ${conditionDepthMax} deep`, this.#at());
    }
    return this.#takes("not") ? { kind: "not", of: this.#not(depth + 1) } : this.#term(depth);
  }

  #term(depth: number): Condition {
    const at = this.#at();
    const token = this.#tokens[this.#next];
    if (token === undefined || /^(?:\)|and|or|of)$/i.test(token.text)) {
      throw new SigmaFault("The name of a search is missing here", at);
    }
    this.#next += 1;
    if (token.text === "(") {
      const inner = this.or(depth + 1);
      if (!this.#takes(")")) {
        throw new SigmaFault("There is no ) for this (", at);
      }
      return inner;
    }
    const isCount = /^(?:\d+|all|any)$/i.test(token.text);
    return isCount && this.#takes("of") ? this.#some(token) : readName(token);
  }

  #some({ text, at }: Token): Condition {
    const pattern = this.#tokens[this.#next];
    if (pattern === undefined || /^(?:[()]|and|or|not)$/i.test(pattern.text)) {
      throw new SigmaFault("A pattern of names, or them, is missing here", this.#at());
    }
    this.#next += 1;
    const count = /^all$/i.test(text) ? undefined : /^any$/i.test(text) ? 1 : Number(text);
    if (count === 0) {
      throw new SigmaFault("0 of is not Sigma; write not 1 of", at);
    }
    return { kind: "some", count, pattern: /^them$/i.test(pattern.text) ? "them" : pattern.text, at };
  }

  #takes(word: string): boolean {
    const isNext = this.#tokens[this.#next]?.text.toLowerCase() === word;
    this.#next += isNext ? 1 : 0;
    return isNext;
  }

  #at(): number {
    return this.#tokens[this.#next]?.at ?? this.#end;
  }
}

function readName({ text, at }: Token): Condition {
  if (/[*?]/.test(text)) {
    throw new SigmaFault(`Behind a pattern of names stands how many of them: 1 of ${text}`, at);
  }
  return { kind: "name", name: text, at };
}

function readTokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(tokens)) {
    const [whole, parenthesis, word, other] = match;
    const token = parenthesis ?? word ?? other ?? "";
    const at = match.index + whole.length - token.length;
    if (token === "|") {
      throw new SigmaFault("Counting behind a | is the old form; write a correlation", at);
    }
    if (other !== undefined) {
      throw new SigmaFault(`${quote(other)} has no meaning in a condition`, at);
    }
    if (word === "near" && found.length > 0) {
      throw new SigmaFault("near is the old form; write a temporal correlation", at);
    }
    found.push({ text: token, at });
  }
  return found;
}
