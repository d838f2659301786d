import { Lexer } from "yaml";
import { SigmaFault } from "../fault.ts";
import { nestingMax } from "../limits.ts";

/** Each level of a block begins further to the right; this is far beyond what `nestingMax` levels need. */
const indentationMax = 400;

/** Two marks of a block may stand on one line (`- - x`), and that nests as well. */
const marksPerLineMax = nestingMax;

/**
 * Refuses a text that is nested too deep, before anything recurses into it: the reader would exhaust the stack, and V8
 * ends the process where that happens inside a regular expression.
 */
export function checkNesting(text: string): void {
  let at = 0;
  let flowDepth = 0;
  let marks = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") {
      flowDepth += 1;
    } else if (token === "]" || token === "}") {
      flowDepth = Math.max(0, flowDepth - 1);
    } else if (token === "-" || token === "?" || token === ":") {
      marks += 1;
    }
    const isTooFarRight = isLineStart && flowDepth === 0 && /^[ \t]+$/.test(token) && token.length > indentationMax;
    if (flowDepth > nestingMax || (flowDepth === 0 && marks > marksPerLineMax) || isTooFarRight) {
      throw new SigmaFault(`Lists and maps may be nested ${nestingMax} deep`, at);
    }
    isLineStart = token.endsWith("\n");
    if (isLineStart) {
      marks = 0;
    }
    // Marks of the lexer's own that stand nowhere in the text.
    at += token === "\u0002" || token === "\u001f" || token === "\u0018" ? 0 : token.length;
  }
}
