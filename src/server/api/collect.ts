import type { Services } from "../services.ts";
import { delayRoutes } from "./delays.ts";
import { filterRoutes } from "./filters.ts";
import { importRoutes } from "./imports.ts";
import { ledgerRoutes } from "./ledger.ts";
import { offerRoutes } from "./offers.ts";
import { newRoutes } from "./routes.ts";
import { setAsideRoutes } from "./set-aside.ts";
import { sourceRoutes } from "./sources.ts";
import { pushRoutes } from "./push.ts";
import { unreconciledRoutes } from "./unreconciled.ts";

/** `/api/v1/collect/…` */
export function collectRoutes(services: Services) {
  return newRoutes()
    .route("/", importRoutes(services.runImport))
    .route("/", sourceRoutes(services.collector))
    .route("/", setAsideRoutes(services.collector))
    .route("/", offerRoutes(services))
    .route("/", ledgerRoutes(services.collector, services.now))
    .route("/", delayRoutes(services.store, services.now))
    .route("/", unreconciledRoutes(services.store, services.now))
    .route("/", filterRoutes(services.collector))
    .route("/", pushRoutes(services.collector));
}
