import { createRoute, z } from "@hono/zod-openapi";
import type { Notifier } from "../../notify/index.ts";
import { nameInPath } from "./collect-schemas.ts";
import {
  channelBody,
  channelKindSchema,
  channelSchema,
  deliverySchema,
  routeBody,
  routeSchema,
  testAnswerSchema,
} from "./notify-schemas.ts";
import { printChannel, printChannelKind, printDelivery, printRoute } from "./print-notify.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const readKinds = createRoute({
  method: "get",
  path: "/kinds",
  summary: "Kinds of channels, with the settings and secrets that each takes",
  responses: { 200: jsonContent("Kinds", z.object({ kinds: z.array(channelKindSchema) })), ...problemResponses },
});

const readChannels = createRoute({
  method: "get",
  path: "/channels",
  summary: "Channels through which people are told, and how each is",
  responses: { 200: jsonContent("Channels", z.object({ channels: z.array(channelSchema) })), ...problemResponses },
});

const channelAnswer = jsonContent("The channel", z.object({ channel: channelSchema }));

const putChannel = createRoute({
  method: "put",
  path: "/channels/{name}",
  summary: "Add a channel or change it (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(channelBody) },
  responses: { 200: channelAnswer, ...problemResponses },
});

const removeChannel = createRoute({
  method: "delete",
  path: "/channels/{name}",
  summary: "Remove a channel; what waits for it is not told (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const testChannel = createRoute({
  method: "post",
  path: "/channels/{name}/test",
  summary: "Send a made-up notice now and say what came of it (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 200: jsonContent("What came of it", testAnswerSchema), ...problemResponses },
});

const pauseChannel = createRoute({
  method: "post",
  path: "/channels/{name}/pause",
  summary: "Let a channel rest, or go on; what is to be told waits (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(z.strictObject({ isPaused: z.boolean() })) },
  responses: { 200: channelAnswer, ...problemResponses },
});

const readRoutes = createRoute({
  method: "get",
  path: "/routes",
  summary: "Who is told of what, and when",
  responses: {
    200: jsonContent(
      "Routes",
      z.object({
        routes: z.array(routeSchema),
        offered: routeSchema
          .nullable()
          .openapi({ description: "To begin with, while there are channels and no route" }),
      }),
    ),
    ...problemResponses,
  },
});

const putRoute = createRoute({
  method: "put",
  path: "/routes/{name}",
  summary: "Add a route or replace it (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(routeBody) },
  responses: { 200: jsonContent("The route", z.object({ route: routeSchema })), ...problemResponses },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/routes/{name}",
  summary: "Remove a route (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const readDeliveries = createRoute({
  method: "get",
  path: "/deliveries",
  summary: "Every try to tell somebody, newest first",
  request: {
    query: z.object({
      channel: z.string().max(100).optional(),
      status: z.enum(["delivered", "failed", "given up"]).optional(),
      after: z.coerce.number().int().optional().openapi({ description: "The `next` of the page before" }),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
  },
  responses: {
    200: jsonContent("One page", z.object({ deliveries: z.array(deliverySchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

/** `/api/v1/notify/…` */
export function notifyRoutes(open: () => Promise<Notifier>) {
  return newRoutes()
    .openapi(readKinds, async (context) => context.json({ kinds: (await open()).kinds().map(printChannelKind) }, 200))
    .openapi(readChannels, async (context) =>
      context.json({ channels: (await (await open()).channels()).map(printChannel) }, 200),
    )
    .openapi(putChannel, async (context) => {
      const { type, settings, secrets } = context.req.valid("json");
      const ask = {
        name: context.req.valid("param").name,
        type,
        settings,
        ...(secrets === undefined ? {} : { secrets }),
      };
      return context.json({ channel: printChannel(await (await open()).putChannel(ask)) }, 200);
    })
    .openapi(removeChannel, async (context) => {
      await (await open()).removeChannel(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(testChannel, async (context) => {
      const { signal } = context.req.raw;
      return context.json(await (await open()).testChannel(context.req.valid("param").name, signal), 200);
    })
    .openapi(pauseChannel, async (context) => {
      const { isPaused } = context.req.valid("json");
      const channel = await (await open()).pauseChannel(context.req.valid("param").name, isPaused);
      return context.json({ channel: printChannel(channel) }, 200);
    })
    .openapi(readRoutes, async (context) => {
      const notifier = await open();
      const offered = await notifier.offeredRoute();
      const routes = (await notifier.routes()).map(printRoute);
      return context.json({ routes, offered: offered === undefined ? null : printRoute(offered) }, 200);
    })
    .openapi(putRoute, async (context) => {
      const route = { ...context.req.valid("json"), name: context.req.valid("param").name };
      return context.json({ route: printRoute(await (await open()).putRoute(route)) }, 200);
    })
    .openapi(removeRoute, async (context) => {
      await (await open()).removeRoute(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(readDeliveries, async (context) => {
      const { after, limit, ...ask } = context.req.valid("query");
      const page = { limit, ...(after === undefined ? {} : { after }) };
      const given = Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== undefined));
      const deliveries = (await (await open()).deliveries(given, page)).map(printDelivery);
      const last = deliveries.at(-1);
      const next = last === undefined || deliveries.length < limit ? null : String(last.number);
      return context.json({ deliveries, next }, 200);
    });
}
