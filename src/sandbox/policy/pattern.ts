/** A wildcard pattern, taken apart: code units, or one of the marks below. */
export interface Pattern {
  readonly tokens: readonly number[];
  /** Whether some wildcard may not leave its part of an ARN, which makes matching slower. */
  readonly isBounded: boolean;
}

/** A piece of a pattern's text; in a literal one, such as a variable's value, `*` and `?` stand for themselves. */
export interface PatternPart {
  readonly text: string;
  readonly isLiteral: boolean;
}

const any = -1;
const one = -2;
/** As above, but for colons. */
const anyInPart = -3;
const oneInPart = -4;

const colon = 58;
const question = 63;
const star = 42;

/** Where a pattern's wildcards may reach. */
export type Reach =
  /** Anywhere: actions, strings. */
  | "all"
  /** The six parts of an ARN each for itself, as in ArnLike. */
  | "arn-parts"
  /** As ArnLike, but that a `*` which ends a part may go on past the colon. */
  | "resource";

/**
 * Takes a pattern apart. IAM User Guide, 'IAM JSON policy elements: Resource': wildcards stay in their part of the ARN,
 * but for a `*` at the end of one; missing parts at the end stand for `*`.
 */
export function compilePattern(parts: readonly PatternPart[], reach: Reach = "all"): Pattern {
  const tokens: number[] = [];
  let colons = 0;
  let isBounded = false;
  const units = parts.flatMap(({ text, isLiteral }) =>
    Array.from({ length: text.length }, (_, index) => ({ unit: text.charCodeAt(index), isLiteral })),
  );
  for (const [index, { unit, isLiteral }] of units.entries()) {
    if (unit === colon) colons += 1;
    if (isLiteral || (unit !== star && unit !== question)) {
      tokens.push(unit);
      continue;
    }
    const next = units[index + 1];
    const endsPart = unit === star && (next === undefined || (reach === "resource" && next.unit === colon));
    const isFree = reach === "all" || colons >= 5 || endsPart;
    if (!isFree) isBounded = true;
    const token = unit === star ? (isFree ? any : anyInPart) : isFree ? one : oneInPart;
    // Two stars in a row say no more than one, and would only cost time.
    if (token !== any || tokens.at(-1) !== any) tokens.push(token);
  }
  if (reach === "resource" && colons < 5 && startsAsArn(units) && !tokens.includes(any)) {
    for (; colons < 5; colons += 1) tokens.push(colon, any);
  }
  return { tokens, isBounded };
}

/** Whether a text fits a pattern, in time that grows with the product of their lengths at worst. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  return pattern.isBounded ? matchesBounded(pattern.tokens, text) : matchesFree(pattern.tokens, text);
}

/** Only the last star ever has to take more, as it can take anything. */
function matchesFree(tokens: readonly number[], text: string): boolean {
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === any) {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (wanted === one || wanted === text.charCodeAt(at)) {
      token += 1;
      at += 1;
    } else if (starToken >= 0) {
      starAt += 1;
      at = starAt;
      token = starToken + 1;
    } else {
      return false;
    }
  }
  while (tokens[token] === any) token += 1;
  return token === tokens.length;
}

/** Follows every way through the pattern at once. */
function matchesBounded(tokens: readonly number[], text: string): boolean {
  let reached = new Set<number>();
  addReached(reached, tokens, 0);
  for (let at = 0; at < text.length && reached.size > 0; at += 1) {
    const unit = text.charCodeAt(at);
    const next = new Set<number>();
    for (const token of reached) {
      const wanted = tokens[token];
      if (wanted === any || (wanted === anyInPart && unit !== colon)) addReached(next, tokens, token);
      else if (wanted === unit || wanted === one || (wanted === oneInPart && unit !== colon)) {
        addReached(next, tokens, token + 1);
      }
    }
    reached = next;
  }
  return reached.has(tokens.length);
}

function addReached(reached: Set<number>, tokens: readonly number[], from: number): void {
  let token = from;
  reached.add(token);
  while (tokens[token] === any || tokens[token] === anyInPart) {
    token += 1;
    reached.add(token);
  }
}

function startsAsArn(units: readonly { readonly unit: number }[]): boolean {
  return String.fromCharCode(...units.slice(0, 4).map(({ unit }) => unit)) === "arn:";
}
