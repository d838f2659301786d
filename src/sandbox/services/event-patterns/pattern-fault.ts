/** What is wrong with a pattern, as a sentence without full stop. */
export class PatternFault extends Error {}
