import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readZone, rootRoute } from "./root-route.tsx";
import { readRulesState } from "./routes/detect/rules/rules-state.ts";
import { readIncidentsState } from "./routes/incidents/incidents-state.ts";
import { readDeliveriesState } from "./routes/notify/deliveries/deliveries-state.ts";

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detect",
  validateSearch: readRulesState,
  component: lazyRouteComponent(() => import("./routes/detect/rules/rules-page.tsx"), "RulesPage"),
});

const ruleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detect/rules/$rule",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/detect/rule/rule-page.tsx"), "RulePage"),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detect/coverage",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/detect/coverage/coverage-page.tsx"), "CoveragePage"),
});

const searchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detect/searches",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/detect/searches/searches-page.tsx"), "SearchesPage"),
});

const threatsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detect/threat-lists",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/detect/threats/threats-page.tsx"), "ThreatsPage"),
});

const incidentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/incidents",
  validateSearch: readIncidentsState,
  component: lazyRouteComponent(() => import("./routes/incidents/incidents-page.tsx"), "IncidentsPage"),
});

const silencesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/incidents/silences",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/incidents/silences/silences-page.tsx"), "SilencesPage"),
});

const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/incidents/$incident",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/incidents/incident/incident-page.tsx"), "IncidentPage"),
});

const channelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notify",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/notify/channels/channels-page.tsx"), "ChannelsPage"),
});

const noticeRoutesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notify/routes",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/notify/routes/routes-page.tsx"), "RoutesPage"),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notify/deliveries",
  validateSearch: readDeliveriesState,
  component: lazyRouteComponent(() => import("./routes/notify/deliveries/deliveries-page.tsx"), "DeliveriesPage"),
});

/** The pages of detecting, incidents and notifying. */
export const detectionRoutes = [
  rulesRoute,
  ruleRoute,
  coverageRoute,
  searchesRoute,
  threatsRoute,
  incidentsRoute,
  silencesRoute,
  incidentRoute,
  channelsRoute,
  noticeRoutesRoute,
  deliveriesRoute,
] as const;
