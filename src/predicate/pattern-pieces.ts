import type { Pattern } from "./tree.ts";

/** What stands between two stars: literal text and single characters. */
export type Piece = readonly ({ readonly text: string } | "?")[];

/** The pieces of a pattern; one more than it has stars, the outer ones possibly empty. */
export function splitAtStars(pattern: Pattern): Piece[] {
  const pieces: ({ readonly text: string } | "?")[][] = [[]];
  for (const part of pattern) {
    if (part === "*") {
      pieces.push([]);
    } else {
      pieces.at(-1)?.push(part);
    }
  }
  return pieces;
}

/** Where the piece ends if it stands at this place, else -1. */
export function fitAt(text: string, piece: Piece, start: number): number {
  let at = start;
  for (const part of piece) {
    if (part === "?") {
      if (at >= text.length) {
        return -1;
      }
      at += widthAt(text, at);
    } else if (text.startsWith(part.text, at)) {
      at += part.text.length;
    } else {
      return -1;
    }
  }
  return at;
}

/** Where the leftmost piece at or behind this place ends, else -1. */
export function findPiece(text: string, piece: Piece, start: number): number {
  const [first] = piece;
  for (let from = start; from <= text.length;) {
    const at = typeof first === "object" ? text.indexOf(first.text, from) : from;
    const end = at === -1 ? -1 : fitAt(text, piece, at);
    if (at === -1 || end !== -1) {
      return end;
    }
    from = at + widthAt(text, at);
  }
  return -1;
}

/** Whether the text ends with the piece, and the piece begins at or behind this place. */
export function fitsEnd(text: string, piece: Piece, start: number): boolean {
  let at = text.length;
  for (const part of piece.toReversed()) {
    if (part === "?") {
      at -= at >= 2 && widthAt(text, at - 2) === 2 ? 2 : 1;
    } else if (at >= part.text.length && text.startsWith(part.text, at - part.text.length)) {
      at -= part.text.length;
    } else {
      return false;
    }
    if (at < start) {
      return false;
    }
  }
  return true;
}

/** A character beyond the basic plane takes two units of a JavaScript string. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
