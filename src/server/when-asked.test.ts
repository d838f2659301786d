import assert from "node:assert/strict";
import { test } from "node:test";
import { WhenAsked } from "./when-asked.ts";

/** A station that counts how often it was opened and closed. */
function madeStation() {
  const told = { opened: 0, closed: 0 };
  const open = () => {
    told.opened++;
    return Promise.resolve({
      [Symbol.asyncDispose]() {
        told.closed++;
        return Promise.resolve();
      },
    });
  };
  return { told, open };
}

test("a station is opened once, by the first who asks, and closed with what holds it", async () => {
  const { told, open } = madeStation();
  {
    await using station = new WhenAsked(open);
    assert.equal(told.opened, 0);
    const [one, other] = await Promise.all([station.get(), station.get()]);
    assert.equal(one, other);
  }
  assert.deepEqual(told, { opened: 1, closed: 1 });
});

test("a station that nobody asked for is neither opened nor closed", async () => {
  const { told, open } = madeStation();
  await new WhenAsked(open)[Symbol.asyncDispose]();
  assert.deepEqual(told, { opened: 0, closed: 0 });
});

test("a station that could not be opened does not stand in the way of closing", async () => {
  const station = new WhenAsked(() => Promise.reject(new Error("No room")));
  await assert.rejects(station.get(), /No room/);
  await station[Symbol.asyncDispose]();
});
