import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { takeToken } from "./access-token.ts";
import { detectionRoutes } from "./detection-routes.ts";
import { readZone, rootRoute, type Zoned } from "./root-route.tsx";
import { SearchPage } from "./routes/search/search-page.tsx";
import { readSearchState } from "./routes/search/search-state.ts";
import { readDelayState } from "./routes/collect/delays/delay-ranges.ts";
import { readLedgerState } from "./routes/collect/ledger/ledger-state.ts";
import { readPlanState } from "./routes/setup/plan/wish.ts";
import { readPlaceState } from "./routes/verify/chains/place-state.ts";
import { readDaysState } from "./routes/verify/days/days-state.ts";
import { readFindingsState } from "./routes/verify/findings/findings-state.ts";
import { readIntegrityState } from "./routes/verify/integrity-state.ts";

// Before the router reads the address.
takeToken();

const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: readSearchState,
  component: SearchPage,
});

const sandboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sandbox",
  validateSearch: readZone,
  // Brought in when it is opened: most people come to search.
  component: lazyRouteComponent(() => import("./routes/sandbox/sandbox-page.tsx"), "SandboxPage"),
});

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/collect/sources/sources-page.tsx"), "SourcesPage"),
});

const addSourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/add",
  validateSearch: (search: Readonly<Record<string, unknown>>): Zoned & { readonly kind?: string | undefined } => ({
    ...readZone(search),
    ...(typeof search["kind"] === "string" ? { kind: search["kind"] } : {}),
  }),
  component: lazyRouteComponent(() => import("./routes/collect/add/add-page.tsx"), "AddPage"),
});

const sourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/sources/$name",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/collect/source/source-page.tsx"), "SourcePage"),
});

const ledgerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/ledger",
  validateSearch: readLedgerState,
  component: lazyRouteComponent(() => import("./routes/collect/ledger/ledger-page.tsx"), "LedgerPage"),
});

const delaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/delays",
  validateSearch: readDelayState,
  component: lazyRouteComponent(() => import("./routes/collect/delays/delays-page.tsx"), "DelaysPage"),
});

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/accounts",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/collect/accounts/accounts-page.tsx"), "AccountsPage"),
});

const filtersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/collect/filters",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/collect/filters/filters-page.tsx"), "FiltersPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/setup/deployments/deployments-page.tsx"), "DeploymentsPage"),
});

const addDeploymentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/add",
  validateSearch: (search: Readonly<Record<string, unknown>>): Zoned & { readonly added?: string | undefined } => ({
    ...readZone(search),
    ...(typeof search["added"] === "string" ? { added: search["added"] } : {}),
  }),
  component: lazyRouteComponent(() => import("./routes/setup/add/add-page.tsx"), "AddPage"),
});

const deploymentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/$name",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/setup/deployment/deployment-page.tsx"), "DeploymentPage"),
});

const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/$name/plan",
  validateSearch: readPlanState,
  component: lazyRouteComponent(() => import("./routes/setup/plan/plan-page.tsx"), "PlanPage"),
});

const costRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/$name/cost",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/setup/cost/cost-page.tsx"), "CostPage"),
});

const historyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/$name/history",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/setup/history/history-page.tsx"), "HistoryPage"),
});

const roleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup/$name/role",
  validateSearch: readZone,
  component: lazyRouteComponent(() => import("./routes/setup/role/role-page.tsx"), "RolePage"),
});

const integrityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/integrity",
  validateSearch: readIntegrityState,
  component: lazyRouteComponent(() => import("./routes/verify/integrity-page.tsx"), "IntegrityPage"),
});

const findingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/integrity/findings",
  validateSearch: readFindingsState,
  component: lazyRouteComponent(() => import("./routes/verify/findings/findings-page.tsx"), "FindingsPage"),
});

const daysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/integrity/days",
  validateSearch: readDaysState,
  component: lazyRouteComponent(() => import("./routes/verify/days/days-page.tsx"), "DaysPage"),
});

const chainsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/integrity/chains",
  validateSearch: readPlaceState,
  component: lazyRouteComponent(() => import("./routes/verify/chains/chains-page.tsx"), "ChainsPage"),
});

/** The pages of the console; every one keeps its whole state in the address. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    searchRoute,
    sourcesRoute,
    addSourceRoute,
    sourceRoute,
    ledgerRoute,
    delaysRoute,
    accountsRoute,
    filtersRoute,
    setupRoute,
    addDeploymentRoute,
    deploymentRoute,
    planRoute,
    costRoute,
    historyRoute,
    roleRoute,
    integrityRoute,
    findingsRoute,
    daysRoute,
    chainsRoute,
    ...detectionRoutes,
    sandboxRoute,
  ]),
  // Plain `?query=CreateUser` instead of JSON in the address: people read, write and paste these.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) if (typeof value === "string") parameters.set(name, value);
    const text = parameters.toString();
    return text === "" ? "" : `?${text}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
