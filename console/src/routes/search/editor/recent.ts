const key = "trailwarden.recent-queries";
const keptMax = 15;

/** The last queries, newest first; none where the browser keeps nothing. */
export function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === "string").slice(0, keptMax) : [];
  } catch {
    return [];
  }
}

export function rememberQuery(query: string): void {
  if (query.trim() === "" || query.length > 2_000) return;
  try {
    const next = [query, ...readRecent().filter((each) => each !== query)].slice(0, keptMax);
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing only loses the list.
  }
}
