import { Lexer } from "yaml";
import { SigmaFault } from "../fault.ts";
import { nestingMax } from "../limits.ts";

/** Marks of the lexer's own, which stand nowhere in the text. */
const invisible = new Set(["\u0002", "\u0018", "\u001f"]);

/**
 * Refuses a text that is nested too deep, before anything recurses into it: the reader would exhaust the stack, and V8
 * ends the process where that happens inside a regular expression.
 */
export function checkNesting(text: string): void {
  const nesting = new Nesting();
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (invisible.has(token)) continue;
    if (nesting.take(token, at) > nestingMax) {
      throw new SigmaFault(`Lists and maps may be nested ${nestingMax} deep`, at);
    }
    at += token.length;
  }
}

class Nesting {
  /** Columns at which the blocks around this place begin; each lies further to the right. */
  readonly #blocks: number[] = [];
  #flowDepth = 0;
  #lineAt = 0;
  /** Where the key began that a colon would end. */
  #keyAt: number | undefined;

  /** Takes the next token and says how deep it lies. */
  take(token: string, at: number): number {
    if (token === "[" || token === "{") {
      this.#flowDepth += 1;
    } else if (token === "]" || token === "}") {
      this.#flowDepth = Math.max(0, this.#flowDepth - 1);
    } else if (token.includes("\n")) {
      this.#lineAt = at + token.lastIndexOf("\n") + 1;
      this.#keyAt = undefined;
    } else if (this.#flowDepth === 0) {
      this.#takeInBlock(token, at);
    }
    return this.#flowDepth + this.#blocks.length;
  }

  #takeInBlock(token: string, at: number): void {
    if (token === "-" || token === "?" || token === ":") {
      this.#openBlock((token === ":" ? (this.#keyAt ?? at) : at) - this.#lineAt);
      this.#keyAt = undefined;
    } else if (token.trim() !== "") {
      this.#keyAt ??= at;
    }
  }

  #openBlock(column: number): void {
    while ((this.#blocks.at(-1) ?? -1) > column) this.#blocks.pop();
    if (this.#blocks.at(-1) !== column) this.#blocks.push(column);
  }
}
