import { flagOption, type Arguments, type CommandContext } from "./command.ts";
import { limitOf } from "./limit-option.ts";

/** One page of a list, as the API gives it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A list that is long: how it is asked for, and how people read it. */
interface LongList<Item> {
  readonly ask: (query: { readonly limit: string; readonly after?: string }) => Promise<Page<Item>>;
  readonly print: (items: readonly Item[]) => string;
  /** What is said when there are none. */
  readonly none: string;
}

/** Prints a list to its end or its `--limit`: with `--json` one item a line, as the pages come. Gives how many there were. */
export async function printList<Item>(
  args: Arguments,
  { terminal }: Pick<CommandContext, "terminal">,
  { ask, print, none }: LongList<Item>,
): Promise<number> {
  const limit = limitOf(args) || Infinity;
  const isJson = flagOption(args, "json");
  const shown: Item[] = [];
  let count = 0;
  for await (const page of pagesOf(limit, ask)) {
    count += page.length;
    if (!isJson) shown.push(...page);
    else for (const item of page) await terminal.data(`${JSON.stringify(item)}\n`);
  }
  if (shown.length > 0) await terminal.data(print(shown));
  if (count === 0) terminal.talk(none);
  if (count === limit) terminal.talk(`The first ${limit}; --limit 0 prints all`);
  return count;
}

const pageMax = 500;

async function* pagesOf<Item>(limit: number, ask: LongList<Item>["ask"]): AsyncGenerator<readonly Item[]> {
  let [left, after]: [number, string | undefined] = [limit, undefined];
  while (left > 0) {
    const query = { limit: String(Math.min(left, pageMax)), ...(after === undefined ? {} : { after }) };
    const { items, next }: Page<Item> = await ask(query);
    if (items.length > 0) yield items;
    left -= items.length;
    if (next === null || items.length === 0) return;
    after = next;
  }
}
