import type { ThreatKind } from "../../../threats-api.ts";

export const threatKindWords: Readonly<Record<ThreatKind, string>> = {
  addresses: "Addresses",
  domains: "Domains",
  keys: "Access keys",
};
