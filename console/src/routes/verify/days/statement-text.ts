import type { DayStatement } from "../../../verify-api.ts";

/** A statement as a line that can stand by itself. */
export function statementText(statement: DayStatement): string {
  const { account, day, sentence } = statement;
  const reasons = furtherReasons(statement);
  const why = reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
  return `Account ${account}, ${day} (UTC, by delivery): ${sentence}${why}`;
}

/** What stands in the way of a proof, as far as the sentence does not say it. */
export function furtherReasons({ isComplete, reasons, sentence }: DayStatement): readonly string[] {
  const said = sentence.toLowerCase();
  return isComplete ? [] : reasons.filter((reason) => !said.includes(reason.toLowerCase()));
}

/** The newest day first, and within a day by account. */
export function statementsInOrder(statements: readonly DayStatement[]): readonly DayStatement[] {
  return statements.toSorted((a, b) => (a.day === b.day ? (a.account < b.account ? -1 : 1) : a.day > b.day ? -1 : 1));
}
