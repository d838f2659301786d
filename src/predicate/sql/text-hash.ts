/**
 * Eight bytes that stand for a text, whatever its case: from a hash that nobody can find a second text to, because names
 * in a log are an attacker's to choose.
 */
export function textHashSql(text: string): string {
  return `reinterpretAsUInt64(SHA256(lower(${text})))`;
}
