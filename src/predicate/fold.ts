const nonAscii = /[^\u0000-\u007f]/;

/** Lower-cases A–Z and nothing else, exactly as ClickHouse's `lower` does. */
export function foldAscii(text: string): string {
  // `toLowerCase` alone would also turn the Kelvin sign into `k`, which the engine does not.
  return nonAscii.test(text) ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text.toLowerCase();
}

/** Whether a text has letters beyond ASCII that come in two cases, so that ASCII folding alone would miss one. */
export function hasWideCase(text: string): boolean {
  return nonAscii.test(text) && Array.from(text).some((char) => char > "\u007f" && caseVariants(char).length > 1);
}

/**
 * The code points that count as the same letter when case does not matter. ASCII letters have their ASCII partner only;
 * others have their single-character upper and lower forms. Both compilers print these sets, so they agree whatever
 * Unicode version each side carries.
 */
export function caseVariants(char: string): readonly string[] {
  const found = new Set([char]);
  for (const other of [char.toLowerCase(), char.toUpperCase()]) {
    const isOneCharacter = Array.from(other).length === 1;
    const staysInPlane = char > "\u007f" === other > "\u007f";
    if (isOneCharacter && staysInPlane) {
      found.add(other);
    }
  }
  return [...found];
}
