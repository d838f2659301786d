import type { DayStatement } from "../../../verify-api.ts";

/** A statement as a line that can stand by itself. */
export function statementText({ account, day, sentence, reasons, isComplete }: DayStatement): string {
  const why = isComplete || reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
  return `Account ${account}, ${day} (UTC, by delivery): ${sentence}${why}`;
}

/** The newest day first, and within a day by account. */
export function statementsInOrder(statements: readonly DayStatement[]): readonly DayStatement[] {
  return statements.toSorted((a, b) => (a.day === b.day ? (a.account < b.account ? -1 : 1) : a.day > b.day ? -1 : 1));
}
