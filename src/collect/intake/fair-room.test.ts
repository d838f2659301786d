import assert from "node:assert/strict";
import { test } from "node:test";
import { FairRoom } from "./fair-room.ts";
import type { Room } from "./intake.ts";

const never = new AbortController().signal;

test("a loud lane waits behind itself only", async () => {
  const rooms = new FairRoom({ bytesMax: 100, filesMax: 2 });
  const order: string[] = [];
  const held: Room[] = [];
  const ask = (lane: string) =>
    (async () => {
      held.push(await rooms.room(lane, 1, never));
      order.push(lane);
    })();
  const asked = ["loud", "loud", "loud", "loud", "loud", "quiet", "shy", "loud"].map(ask);
  for (let turn = 0; turn < 20 && order.length < asked.length; turn++) {
    await new Promise(setImmediate);
    held.shift()?.[Symbol.dispose]();
  }
  assert.deepEqual(order, ["loud", "loud", "loud", "quiet", "shy", "loud", "loud", "loud"]);
});

test("no more bytes and files are out than there is room, and what is larger than all of it goes alone", async () => {
  const rooms = new FairRoom({ bytesMax: 10, filesMax: 3 });
  let [bytes, most, files] = [0, 0, 0];
  const sizes = [4, 4, 4, 1, 25, 1, 10, 3, 3, 3, 3];
  await Promise.all(
    sizes.map(async (size, index) => {
      using room = await rooms.room(`lane ${index % 3}`, size, never);
      bytes += size;
      files++;
      assert.equal(room.bytes, size);
      assert.ok(bytes <= 10 || files === 1, `${bytes} bytes in ${files} files`);
      assert.ok(files <= 3);
      most = Math.max(most, bytes);
      await new Promise(setImmediate);
      bytes -= size;
      files--;
    }),
  );
  assert.equal(most, 25);
  assert.equal(rooms.files, 0);
});

test("who stops waiting leaves the turn to the next", async () => {
  const rooms = new FairRoom({ bytesMax: 10, filesMax: 1 });
  const first = await rooms.room("a", 1, never);
  const stop = new AbortController();
  const leaving = rooms.room("a", 1, stop.signal);
  const staying = rooms.room("b", 1, never);
  stop.abort(new Error("stopped"));
  await assert.rejects(leaving, { message: "stopped" });
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  assert.equal((await staying).bytes, 1);
  assert.equal(rooms.files, 1);
});
