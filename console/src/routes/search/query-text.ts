export * from "./clauses.ts";
export interface QueryError { message: string; start: number; end: number; suggestion?: string | undefined; fixed?: string | undefined }
export type FilterState = "in" | "out" | "none";
export const fieldNames: string[] = ["eventName"];
export function withFilter(query: string, field: string, value: string | undefined, way: "in" | "out"): string {
  if (value === undefined) return `${query} ${way === "in" ? "-" : ""}${field}:*`.trim();
  return `${query} ${way === "out" ? "-" : ""}${field}:"${value}"`.trim();
}
export function filterState(query: string, field: string, value: string): FilterState {
  return query.includes(`-${field}:"${value}"`) ? "out" : query.includes(`${field}:"${value}"`) ? "in" : "none";
}
export function errorOf(_text: string): QueryError | undefined { return undefined; }
export function explainQuery(query: string): string { return query; }
export function tokensOf(_text: string): { from: number; to: number; kind: string }[] { return []; }
