import type { SigmaHead } from "../sigma/document.ts";

/** The head of a document that no file holds, because it was made of what a person settled. */
export function madeHead(key: string, title: string, description: string): SigmaHead {
  return {
    key,
    title,
    id: undefined,
    name: undefined,
    status: undefined,
    level: undefined,
    description,
    author: "",
    license: "",
    date: "",
    modified: "",
    references: [],
    tags: [],
    falsePositives: [],
    fields: [],
    own: {
      tests: { match: "", pass: "" },
      runbook: "",
      dedupPeriodMs: undefined,
      suppressForMs: undefined,
      severity: undefined,
      falsePositives: "",
    },
    place: { path: key, line: 1, column: 1 },
  };
}
