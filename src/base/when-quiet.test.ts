import assert from "node:assert/strict";
import { test } from "node:test";
import { WhenQuiet } from "./when-quiet.ts";

test("it acts once, when the last of what was under way has been over for so long", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let acted = 0;
  using quiet = new WhenQuiet(100, () => (acted += 1));
  t.mock.timers.tick(1_000);
  assert.equal(acted, 0, "nothing was ever under way");
  quiet.begin();
  quiet.begin();
  quiet.end();
  t.mock.timers.tick(1_000);
  assert.equal(acted, 0, "one of two is still under way");
  quiet.end();
  t.mock.timers.tick(99);
  quiet.begin();
  quiet.end();
  t.mock.timers.tick(99);
  assert.equal(acted, 0, "something began in between");
  t.mock.timers.tick(1);
  assert.equal(acted, 1);
  t.mock.timers.tick(1_000);
  assert.equal(acted, 1);
});

test("it does nothing more when it is disposed of", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let acted = 0;
  const quiet = new WhenQuiet(100, () => (acted += 1));
  quiet.begin();
  quiet.end();
  quiet[Symbol.dispose]();
  quiet.begin();
  quiet.end();
  t.mock.timers.tick(1_000);
  assert.equal(acted, 0);
});
