import { commandsPage } from "./commands-page.ts";
import { httpApiPage } from "./http-api-page.ts";
import { fieldTables } from "./query-fields.ts";
import { replacePart } from "./part.ts";
import { sourcesPage } from "./sources-page.ts";

/** A page of `docs/`, or a part of one, that is made from the program. */
export interface GeneratedPage {
  readonly path: string;
  /** The whole page, given what it is now. */
  make(found: string): Promise<string>;
}

export const generatedPages: readonly GeneratedPage[] = [
  { path: "docs/commands.md", make: async () => commandsPage() },
  { path: "docs/http-api.md", make: async () => httpApiPage() },
  { path: "docs/query-language.md", make: async (found) => replacePart(found, "fields", fieldTables()) },
  { path: "docs/sources.md", make: async () => sourcesPage() },
];
