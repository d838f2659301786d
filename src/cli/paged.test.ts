import assert from "node:assert/strict";
import { test } from "node:test";
import type { Arguments } from "./command.ts";
import { printList } from "./paged.ts";
import type { Terminal } from "./print/terminal.ts";

/** Prints a list of so many numbers; gives what was asked for, printed and said. */
async function show(items: number, values: Arguments["values"] = {}) {
  const [asked, printed, said]: [unknown[], string[], string[]] = [[], [], []];
  const terminal: Terminal = {
    data(text) {
      printed.push(String(text));
      return Promise.resolve();
    },
    talk: (line) => void said.push(line),
    status: () => undefined,
    ...{ isInteractive: false, isDataShown: false, hasColor: false, columns: 0 },
  };
  const count = await printList(
    { words: [], positionals: [], values },
    { terminal },
    {
      ask({ limit, after }) {
        asked.push(after === undefined ? Number(limit) : [after, Number(limit)]);
        const first = after === undefined ? 0 : Number(after) + 1;
        const page = Array.from({ length: Math.min(Number(limit), items - first) }, (_, index) => first + index);
        const last = page.at(-1) ?? 0;
        return Promise.resolve({ items: page, next: last < items - 1 ? String(last) : null });
      },
      print: (numbers) => `${numbers.length} numbers\n`,
      none: "There are none",
    },
  );
  return { count, asked, printed, said };
}

test("a list is asked for to its limit, and who reads it is told that there may be more", async () => {
  assert.deepEqual(await show(120), {
    ...{ count: 50, asked: [50], printed: ["50 numbers\n"] },
    said: ["The first 50; --limit 0 prints all"],
  });
  assert.deepEqual(await show(3), { count: 3, asked: [50], printed: ["3 numbers\n"], said: [] });
  assert.deepEqual(await show(0), { count: 0, asked: [50], printed: [], said: ["There are none"] });
});

test("a limit of 0 stands for all, which are asked for in pages", async () => {
  const { count, asked, printed, said } = await show(1_200, { limit: "0" });
  assert.deepEqual([count, printed, said], [1_200, ["1200 numbers\n"], []]);
  assert.deepEqual(asked, [500, ["499", 500], ["999", 500]]);
});

test("JSON is one item a line, and nothing else stands among it", async () => {
  const { count, printed, said } = await show(501, { json: true, limit: "0" });
  assert.equal(count, 501);
  assert.deepEqual([printed.length, printed.at(0), printed.at(-1), said], [501, "0\n", "500\n", []]);
});

test("a limit that is no number is refused before anything is asked for", async () => {
  await assert.rejects(show(3, { limit: "many" }), { code: "arguments-invalid" });
});
