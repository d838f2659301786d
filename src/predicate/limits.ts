/**
 * An array is opened; arrays directly inside it are opened up to this many deep in all, and `**` opens every one. The same
 * number holds in JavaScript and in SQL, where each level makes every query slower to prepare.
 */
export const arrayDepthMax: number = 1;

/** How many levels `**` goes down, arrays counted as levels. */
export const descentDepthMax = 20;

/** `**` in one path; each one multiplies the work. */
export const descentsMax = 2;

/** Conditions in one tree. */
export const nodesMax = 4_000;

/** Nesting of one tree. */
export const depthMax = 400;

/** Characters of one regular expression. */
export const regexLengthMax = 1_000;

/** Single steps that one regular expression may unfold to (`a{1000}` is a thousand). */
export const regexStepsMax = 3_000;

/** Characters of the SQL that one tree may become; the engine's own limit (`max_query_size`) is 262,144 bytes. */
export const sqlLengthMax = 200_000;
