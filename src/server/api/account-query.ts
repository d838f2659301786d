import { z } from "@hono/zod-openapi";
import { accountIdOf } from "../../base/account-id.ts";

/** An account that is asked for, as the stations know it: without the dashes and spaces of people. */
export const accountQuery = z
  .string()
  .min(1)
  .max(100)
  .overwrite(accountIdOf)
  .openapi({ description: "Twelve digits; dashes and spaces may stay" });
