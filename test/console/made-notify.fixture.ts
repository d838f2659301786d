import type { Hono } from "hono";
import type { Channel, ChannelAsk, ChannelKind, Delivery, NoticeRoute } from "../../console/src/notify-api.ts";
import { attack, minutesAgo } from "./made-incidents.fixture.ts";

const perHour = {
  type: "integer",
  minimum: 1,
  maximum: 1000,
  default: 30,
  description: "So many messages in an hour at most",
};

const kinds: readonly ChannelKind[] = [
  {
    type: "email",
    summary: "E-mail, through an SMTP server",
    settings: {
      type: "object",
      properties: {
        host: { type: "string", description: "Name or address of the SMTP server" },
        tls: {
          type: "string",
          enum: ["starttls", "tls", "plain"],
          default: "starttls",
          description: "How it is secured",
        },
        from: { type: "string", description: "Sender's address" },
        to: { type: "array", items: { type: "string" }, description: "Who gets it" },
        messagesPerHour: perHour,
      },
      required: ["host", "from", "to"],
    },
    secrets: [{ name: "password", description: "Password of the user name", isNeeded: false }],
  },
  {
    type: "webhook",
    summary: "A program of yours: the notice as JSON, signed",
    settings: { type: "object", properties: { messagesPerHour: perHour }, required: [] },
    secrets: [
      { name: "url", description: "Where it is posted to", isNeeded: true },
      { name: "secret", description: "What it is signed with", isNeeded: true },
    ],
  },
];

const deliveries: readonly Delivery[] = [
  delivery(4, "on-call", "delivered", "High: Root signs in without MFA", "202 accepted", 3),
  delivery(3, "mail", "failed", attack, `451 4.7.1 ${attack}`, 11),
  delivery(2, "mail", "given up", "Medium: Somebody looks around in IAM", "No connection in 10 s", 700),
  delivery(1, "on-call", "delivered", "3 incidents", "202 accepted", 900),
];

function delivery(
  number: number,
  channel: string,
  status: string,
  subject: string,
  answer: string,
  ago: number,
): Delivery {
  const notices = number === 1 ? ["a", "b", "c"] : ["a"];
  return { number, channel, at: minutesAgo(ago), status, notices, subject, answer, tookMs: 84.2 * number };
}

const channels: readonly Channel[] = [
  {
    name: "mail",
    type: "email",
    settings: {
      host: "smtp.example.com",
      tls: "starttls",
      from: "tw@example.com",
      to: ["sec@example.com", "ops@example.com"],
    },
    secrets: ["password"],
    isPaused: false,
    waiting: 2,
    last: deliveries[1] ?? null,
  },
  {
    name: "on-call",
    type: "webhook",
    settings: { messagesPerHour: 30 },
    secrets: ["url", "secret"],
    isPaused: true,
    waiting: 0,
    last: deliveries[0] ?? null,
  },
];

const usual: NoticeRoute = {
  name: "high-or-worse",
  channels: ["on-call"],
  kinds: [],
  accountIds: [],
  rules: [],
  severity: "high",
  schedule: null,
  groupMs: 30_000,
  digestAt: [],
  quietSeverity: "critical",
  isOn: true,
};

const routes: readonly NoticeRoute[] = [
  usual,
  {
    ...usual,
    name: "office-hours",
    channels: ["mail"],
    kinds: ["incident", "health"],
    severity: "medium",
    accountIds: ["111122223333"],
    schedule: { timeZone: "Europe/Berlin", hours: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }] },
    digestAt: ["09:00"],
    isOn: false,
  },
];

/** Channels, routes and deliveries, made up. */
export function routeNotify(app: Hono, isEmpty: boolean): void {
  const root = "/api/v1/notify";
  let kept = isEmpty ? [] : channels;
  let ways = isEmpty ? [] : routes;
  const find = (name: string) => kept.find((channel) => channel.name === name);
  const change = (name: string, more: Partial<Channel>) => {
    kept = kept.map((channel) => (channel.name === name ? { ...channel, ...more } : channel));
    return find(name);
  };
  app.get(`${root}/kinds`, (context) => context.json({ kinds }));
  app.get(`${root}/channels`, (context) => context.json({ channels: kept }));
  app.put(`${root}/channels/:name`, async (context) => {
    const name = context.req.param("name");
    const { type, settings, secrets } = await context.req.json<Omit<ChannelAsk, "name">>();
    if (settings["host"] === "nowhere") {
      const detail = "The channel cannot be set up: host: A host's name or address";
      const details = { setting: "host" };
      return context.json({ type: "x", title: "Invalid", status: 400, detail, code: "channel-invalid", details }, 400);
    }
    const before = find(name);
    const names = [...new Set([...(before?.secrets ?? []), ...Object.keys(secrets ?? {})])];
    const channel: Channel = { name, type, settings, secrets: names, isPaused: false, waiting: 0, last: null };
    kept = [...kept.filter((each) => each.name !== name), channel];
    return context.json({ channel });
  });
  app.post(`${root}/channels/:name/test`, (context) => {
    const isDelivered = context.req.param("name") !== "mail";
    const answer = isDelivered ? "202 accepted" : `550 ${attack}`;
    return context.json({ isDelivered, answer });
  });
  app.post(`${root}/channels/:name/pause`, async (context) => {
    const { isPaused } = await context.req.json<{ isPaused: boolean }>();
    return context.json({ channel: change(context.req.param("name"), { isPaused }) });
  });
  app.delete(`${root}/channels/:name`, (context) => {
    kept = kept.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
  app.get(`${root}/routes`, (context) => {
    const offered = kept.length > 0 && ways.length === 0 ? { ...usual, channels: kept.map(({ name }) => name) } : null;
    return context.json({ routes: ways, offered });
  });
  app.put(`${root}/routes/:name`, async (context) => {
    const route = {
      schedule: null,
      ...(await context.req.json<Omit<NoticeRoute, "schedule">>()),
      name: context.req.param("name"),
    };
    ways = [...ways.filter(({ name }) => name !== route.name), route];
    return context.json({ route });
  });
  app.delete(`${root}/routes/:name`, (context) => {
    ways = ways.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
  app.get(`${root}/deliveries`, (context) => {
    const { channel, status } = context.req.query();
    const found = deliveries
      .filter((each) => channel === undefined || each.channel === channel)
      .filter((each) => status === undefined || each.status === status);
    return context.json({ deliveries: isEmpty ? [] : found, next: null });
  });
}
