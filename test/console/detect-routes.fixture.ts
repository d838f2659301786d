import type { Hono } from "hono";
import type { RuleChange, SearchCorrelation, Tuning } from "../../console/src/detect-api.ts";
import type { Incident, IncidentChange, Silence } from "../../console/src/incidents-api.ts";
import type { ThreatListAsk } from "../../console/src/threats-api.ts";
import { plainList, type DetectState } from "./detect-state.fixture.ts";
import { detailsOf, minutesAgo } from "./made-incidents.fixture.ts";
import { findingsOf, madeCoverage, madeRules, ruleDetails } from "./made-rules.fixture.ts";

const unknown = {
  type: "x",
  title: "Unknown",
  status: 404,
  detail: "There is no such thing",
  code: "unknown",
  help: "See those there are",
};

export function routeIncidents(app: Hono, state: DetectState): void {
  const root = "/api/v1/incidents";
  app.get(root, (context) => {
    const { state: states, severity, account } = context.req.query();
    const alike = state.incidents
      .filter((each) => severity === undefined || severity.split(",").includes(each.severity))
      .filter((each) => account === undefined || each.accountIds.includes(account));
    const counts: Record<string, number> = {};
    for (const each of alike) counts[each.state] = (counts[each.state] ?? 0) + 1;
    const incidents = alike.filter((each) => states === undefined || states.split(",").includes(each.state));
    return context.json({ incidents, counts, next: null });
  });
  app.get(`${root}/silences`, (context) => context.json({ silences: state.silences }));
  app.post(`${root}/silences`, async (context) => {
    const ask = await context.req.json<Omit<Silence, "id" | "createdAt">>();
    const silence = {
      ...ask,
      id: `silence-${state.silences.length + 1}`,
      createdAt: minutesAgo(0),
      until: minutesAgo(-60),
    };
    state.silences = [...state.silences, silence];
    return context.json({ silence });
  });
  app.delete(`${root}/silences/:id`, (context) => {
    state.silences = state.silences.filter(({ id }) => id !== context.req.param("id"));
    return context.json({});
  });
  app.get(`${root}/:id`, (context) => {
    const found = state.find(context.req.param("id"));
    if (found === undefined) return context.json(unknown, 404);
    return context.json({ incident: detailsOf(found, state.historyOf(found.id)) });
  });
  app.post(`${root}/:id/changes`, async (context) => {
    const { change, by } = await context.req.json<{ change: IncidentChange; by: string }>();
    return context.json({ incident: changed(state, context.req.param("id"), change, by) });
  });
  app.post(`${root}/:id/merge`, async (context) => {
    const { others, by } = await context.req.json<{ others: string[]; by: string }>();
    state.incidents = state.incidents.filter(({ id }) => !others.includes(id));
    return context.json({
      incident: state.change(context.req.param("id"), {}, "merged", by, "Others are a part of it"),
    });
  });
  app.post(`${root}/:id/split`, async (context) => {
    const { by } = await context.req.json<{ by: string }>();
    const found = state.find(context.req.param("id"));
    if (found === undefined) return context.json(unknown, 404);
    const incident = { ...found, id: "id-20", name: "INC-20", findings: 1 };
    state.incidents = [incident, ...state.incidents];
    state.change("id-20", {}, "split", by, "Split off");
    return context.json({ incident });
  });
}

function changed(state: DetectState, id: string, change: IncidentChange, by: string): Incident | undefined {
  switch (change.kind) {
    case "state":
      return state.change(
        id,
        { state: change.state, closedAs: change.closedAs ?? null },
        "state",
        by,
        `It is ${change.state} now`,
      );
    case "owner":
      return state.change(id, { owner: change.owner }, "owner", by, `The owner is ${change.owner}`);
    case "severity":
      return state.change(id, { severity: change.severity }, "severity", by, `It is ${change.severity}`);
    case "comment":
      return state.change(id, {}, "comment", by, change.comment);
    case "silence":
      return state.change(id, { silentUntil: minutesAgo(-480) }, "silenced", by, "It is silent for a time");
  }
}

export function routeRules(app: Hono, state: DetectState): void {
  const root = "/api/v1/detect";
  const find = (key: string) => state.rules.find((each) => each.key === key);
  app.get(`${root}/status`, (context) =>
    context.json({
      waitingLogFiles: 0,
      waitingEvents: 0,
      judgedAt: minutesAgo(1),
      ...{ rules: 210, correlations: 14, staged: 1, spans: 0, problem: null },
    }),
  );
  app.get(`${root}/rules`, (context) => context.json({ rules: state.rules }));
  app.get(`${root}/rules/:key`, (context) => {
    const found = find(context.req.param("key"));
    if (found === undefined) return context.json(unknown, 404);
    const tunings = state.tunings.filter(({ rules }) => rules.includes(found.key));
    return context.json({ rule: ruleDetails(found, tunings) });
  });
  app.post(`${root}/rules/:key/settings`, async (context) => {
    const change = await context.req.json<RuleChange>();
    const { status, severity, outcome, note } = change;
    state.rules = state.rules.map((each) =>
      each.key === context.req.param("key")
        ? {
            ...each,
            ...(status === undefined ? {} : { status }),
            ...(severity == null ? {} : { level: severity }),
            ...(outcome == null ? {} : { outcome }),
            ...(note === undefined ? {} : { note }),
          }
        : each,
    );
    return context.json({ rule: find(context.req.param("key")) });
  });
  app.get(`${root}/coverage`, (context) => context.json({ coverage: madeCoverage }));
  app.get(`${root}/packages`, (context) => {
    const about = madeRules.flatMap((each) => ruleDetails(each, []).package ?? [])[0];
    return context.json({ packages: state.isEmpty || about === undefined ? [] : [about] });
  });
  app.post(`${root}/packages`, (context) =>
    context.json({
      outcome: {
        ...{ added: 1, changed: 0, same: 0, gone: 0, others: 2 },
        refused: [{ path: "odd.yml", line: 3, reason: "The condition names no search" }],
      },
    }),
  );
  app.get(`${root}/findings`, (context) => {
    const found = find(context.req.query("rule") ?? "");
    return context.json({ findings: found === undefined ? [] : findingsOf(found), next: null });
  });
  app.put(`${root}/tunings/:name`, async (context) => {
    const tuning = await context.req.json<Omit<Tuning, "name" | "changedAt">>();
    const whole = { ...tuning, name: context.req.param("name"), changedAt: minutesAgo(0) };
    state.tunings = [...state.tunings, whole];
    return context.json({ tuning: whole });
  });
  app.delete(`${root}/tunings/:name`, (context) => {
    state.tunings = state.tunings.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
}

export function routeLists(app: Hono, state: DetectState): void {
  const root = "/api/v1/detect";
  app.get(`${root}/searches`, (context) => context.json({ searches: state.searches }));
  app.put(`${root}/searches/:name`, async (context) => {
    const search = await context.req.json<Omit<SearchCorrelation, "name" | "changedAt">>();
    const whole = { ...search, name: context.req.param("name"), changedAt: minutesAgo(0) };
    state.searches = [...state.searches, whole];
    return context.json({ search: whole });
  });
  app.delete(`${root}/searches/:name`, (context) => {
    state.searches = state.searches.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
  app.get(`${root}/threat-lists`, (context) => context.json({ lists: state.lists }));
  app.put(`${root}/threat-lists/:name`, async (context) => {
    const ask = await context.req.json<ThreatListAsk>();
    const { text: _, path: __, column: ___, ...given } = ask;
    const settled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const name = context.req.param("name");
    const told = { ...plainList, ...settled, name, changedAt: minutesAgo(0), entries: 2, fetchedAt: minutesAgo(0) };
    state.lists = [...state.lists, told];
    return context.json({ list: told });
  });
  app.post(`${root}/threat-lists/:name/refresh`, (context) => {
    state.lists = state.lists.map((each) => ({ ...each, problem: null }));
    return context.json({ list: state.lists.find(({ name }) => name === context.req.param("name")) });
  });
  app.delete(`${root}/threat-lists/:name`, (context) => {
    state.lists = state.lists.filter(({ name }) => name !== context.req.param("name"));
    return context.body(null, 204);
  });
}
