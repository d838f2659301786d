import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { openApp, type OpenApp } from "../open-app.fixture.ts";
import type { ChannelAnswer, DeliveryAnswer, RouteAnswer } from "./notify-schemas.ts";

const secret = "a secret of the test";
let app: OpenApp;
let hook: string;
const posted: string[] = [];
const server = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  posted.push(await text(request));
  response.writeHead(request.url === "/broken" ? 500 : 200).end("taken");
}

before(async () => {
  app = await openApp({ eventsPerDay: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  await app[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

function ask(method: string, path: string, body?: unknown, token = app.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const request = new Request(`http://127.0.0.1/api/v1/notify${path}`, { method, headers, ...sent });
  return Promise.resolve(app.app.fetch(request));
}

const channel = () => ({ type: "webhook", settings: { messagesPerHour: 5 }, secrets: { url: hook, secret } });

test("a channel is set up by whoever has the token alone, and its secrets never come back", async () => {
  assert.equal((await ask("PUT", "/channels/ops", channel(), "wrong")).status, 401);
  const response = await ask("PUT", "/channels/ops", channel());
  const { channel: put } = (await response.json()) as { channel: ChannelAnswer };
  assert.deepEqual(put, {
    ...{ name: "ops", type: "webhook", isPaused: false, waiting: 0, last: null },
    settings: { messagesPerHour: 5, mayBePlain: false },
    secrets: ["secret", "url"],
  });
  const listed = await (await app.get("/api/v1/notify/channels")).text();
  assert.ok(listed.includes('"ops"') && !listed.includes(hook) && !listed.includes(secret));
});

test("what is wrong with a channel is a problem that names it", async () => {
  const bad = await ask("PUT", "/channels/ops", { type: "webhook", settings: { colour: "red" } });
  const problem = (await bad.json()) as { code: string; details: { setting: string } };
  assert.deepEqual([bad.status, problem.code, problem.details.setting], [400, "channel-invalid", "colour"]);
  assert.equal((await ask("POST", "/channels/nowhere/test")).status, 404);
  assert.equal((await ask("DELETE", "/channels/nowhere")).status, 404);
});

test("a test tells at once whether it arrived, and both stand in the log, newest first and in pages", async () => {
  await ask("PUT", "/channels/ops", channel());
  assert.deepEqual(await (await ask("POST", "/channels/ops/test")).json(), { isDelivered: true, answer: "200 taken" });
  assert.match(posted.at(-1) ?? "", /Trailwarden can reach you here/);
  await ask("PUT", "/channels/ops", { type: "webhook", secrets: { url: `${hook}/broken` } });
  assert.deepEqual(await (await ask("POST", "/channels/ops/test")).json(), { isDelivered: false, answer: "500 taken" });
  const first = await app.json<Page>("/api/v1/notify/deliveries?channel=ops&limit=1");
  const second = await app.json<Page>(`/api/v1/notify/deliveries?channel=ops&limit=1&after=${first.next}`);
  assert.deepEqual(
    [...first.deliveries, ...second.deliveries].map(({ status }) => status),
    ["given up", "delivered"],
  );
  const given = await app.json<Page>("/api/v1/notify/deliveries?status=given%20up");
  assert.deepEqual([given.deliveries.length, given.next], [1, null]);
});

interface Page {
  readonly deliveries: readonly DeliveryAnswer[];
  readonly next: string | null;
}

test("a route is offered with the first channel, and is what it was set to", async () => {
  await ask("PUT", "/channels/ops", channel());
  const { offered } = await app.json<{ offered: RouteAnswer }>("/api/v1/notify/routes");
  assert.deepEqual([offered.name, offered.channels, offered.severity], ["high-or-worse", ["ops"], "high"]);
  const { name, schedule: _none, ...body } = offered;
  const response = await ask("PUT", `/routes/${name}`, body);
  assert.deepEqual(await response.json(), { route: offered });
  const schedule = { timeZone: "Europe/Berlin", hours: [{ days: [1, 7], from: "08:00", to: "18:00" }] };
  await ask("PUT", "/routes/office", { channels: ["ops"], schedule });
  const { routes } = await app.json<{ routes: RouteAnswer[]; offered: null }>("/api/v1/notify/routes");
  assert.deepEqual(
    routes.map((route) => [route.name, route.schedule]),
    [
      ["high-or-worse", null],
      ["office", schedule],
    ],
  );
  const bad = await ask("PUT", "/routes/office", { channels: ["nowhere"] });
  assert.deepEqual([bad.status, ((await bad.json()) as { code: string }).code], [400, "route-invalid"]);
  assert.equal((await ask("DELETE", "/routes/office")).status, 204);
  assert.equal((await ask("DELETE", "/routes/office")).status, 404);
});

test("a channel rests and goes on, and is gone from its routes when it is removed", async () => {
  await ask("PUT", "/channels/ops", channel());
  const paused = (await (await ask("POST", "/channels/ops/pause", { isPaused: true })).json()) as {
    channel: ChannelAnswer;
  };
  assert.equal(paused.channel.isPaused, true);
  assert.equal((await ask("DELETE", "/channels/ops")).status, 204);
  assert.deepEqual((await app.json<{ routes: [] }>("/api/v1/notify/routes")).routes, []);
  assert.deepEqual(app.failures, []);
});
