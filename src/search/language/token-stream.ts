import { QueryFault, type QueryErrorCode } from "./errors.ts";
import { queryTermsMax } from "./limits.ts";
import type { Token } from "./tokens.ts";

/** The tokens of a query, taken one after another. */
export class Tokens {
  readonly text: string;
  readonly now: number;
  readonly #tokens: readonly Token[];
  #at = 0;
  #terms = 0;

  constructor(tokens: readonly Token[], text: string, now: number) {
    this.#tokens = tokens;
    this.text = text;
    this.now = now;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  /** Takes the parenthesis that closes `open`, or says that there is none. */
  close(open: Token | undefined): void {
    if (this.take()?.kind !== "close") {
      throw this.fault("parenthesis-unmatched", "There is no ) for this (", open);
    }
  }

  countTerm(token: Token): void {
    this.#terms += 1;
    if (this.#terms > queryTermsMax) {
      throw this.fault("too-many-terms", `A query may have ${queryTermsMax} conditions`, token);
    }
  }

  /** What is wrong, at a token or at the end of the text. */
  fault(code: QueryErrorCode, message: string, token: Token | undefined, suggestion?: string): QueryFault {
    const start = token?.start ?? this.text.length;
    const end = token?.end ?? this.text.length;
    return new QueryFault({
      code,
      message,
      start,
      end,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
}
