/** The kinds of findings as people call them; what is not listed is shown by the server's own name. */
const words: Readonly<Record<string, string>> = {
  "log-broken": "Log file broken",
  "log-missing": "Log file missing",
  "log-undeclared": "Log file undeclared",
  "log-changed-since": "Log file changed since",
  "log-gone-since": "Log file gone since",
  "digest-broken": "Digest broken",
  "digest-missing": "Digest missing",
  "digest-replaced": "Digest replaced",
  "key-unknown": "Key unknown",
  gap: "Gap",
  "tail-overdue": "Digest overdue",
  "chain-ended": "Chain ended",
};

export function kindWord(kind: string): string {
  return words[kind] ?? kind;
}

/** Whether something was done to what was signed, or only cannot be told. */
export function isGrave(kind: string): boolean {
  return !["key-unknown", "gap", "tail-overdue", "chain-ended"].includes(kind);
}
