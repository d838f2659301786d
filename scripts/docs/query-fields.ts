import { type QueryField, queryFields } from "../../src/search/language/index.ts";
import { printMarkdownTable } from "./part.ts";

/** The fields of the query language, from the table that the parser reads. */
export function fieldTables(): string {
  const usable = queryFields.filter((field) => field.unavailable === undefined);
  const isShort = (field: QueryField) => field.paths.length > 1 || field.paths[0]?.join(".") !== field.name;
  const later = queryFields.filter((field) => field.unavailable !== undefined);
  return [
    "### Short names\n",
    printMarkdownTable(
      ["Field", "What it asks for", "Example"],
      usable.filter(isShort).map((field) => [`\`${field.name}\``, field.summary, `\`${field.example}\``]),
    ),
    "### CloudTrail's fields\n",
    printMarkdownTable(
      ["Field", "Also", "Type", "What it is", "Example"],
      usable
        .filter((field) => !isShort(field))
        .map((field) => [
          `\`${field.name}\``,
          field.aliases.map((alias) => `\`${alias}\``).join(", "),
          field.kind,
          field.summary,
          `\`${field.example}\``,
        ]),
    ),
    "### Not there yet\n",
    "Using one of these is an error that says so.\n",
    printMarkdownTable(
      ["Field", "What it will ask for", "Why not yet"],
      later.map((field) => [`\`${field.name}\``, field.summary, field.unavailable ?? ""]),
    ),
  ].join("\n");
}
