import { shortActor } from "../wording/words.ts";

export interface FacetField {
  readonly field: string;
  readonly title: string;
  /** A value in the words people use, where the bare value says too little. */
  readonly say?: (value: string) => string;
}

/** What the left column breaks the answers down by. */
export const facetFields: readonly FacetField[] = [
  { field: "eventName", title: "Event" },
  { field: "user", title: "Who", say: shortActor },
  { field: "errorCode", title: "Error" },
  { field: "eventSource", title: "Service", say: (value) => value.replace(/\.amazonaws\.com$/, "") },
  { field: "sourceIPAddress", title: "Source IP", say: (value) => value.replace(/\.amazonaws\.com$/, "") },
  { field: "awsRegion", title: "Region" },
  { field: "recipientAccountId", title: "Account" },
  { field: "userIdentity.type", title: "Kind of actor" },
  {
    field: "readOnly",
    title: "Reads or changes",
    say: (value) => (value === "true" ? "Reads only" : value === "false" ? "Changes something" : value),
  },
];
