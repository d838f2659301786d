import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from "@tanstack/react-router";
import { SearchPage } from "./routes/search/search-page.tsx";
import { readSearchState } from "./routes/search/search-state.ts";

const rootRoute = createRootRoute({ notFoundComponent: () => <Navigate to="/" search={{}} replace /> });

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

function readZone(search: Readonly<Record<string, unknown>>): { readonly tz?: "local" | undefined } {
  return search["tz"] === "local" ? { tz: "local" } : {};
}

/** The pages of the console; every one keeps its whole state in the address. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([searchRoute, sandboxRoute]),
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
