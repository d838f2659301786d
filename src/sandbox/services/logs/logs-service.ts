import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { filterOperations } from "./filter-operations.ts";
import { groupOperations } from "./group-operations.ts";
import { type LogsParts } from "./log-names.ts";
import { type GroupAddress, LogStore } from "./log-store.ts";
import { tagOperations } from "./log-tags.ts";
import { putLogEventsOperation } from "./put-log-events.ts";
import { readOperations } from "./read-operations.ts";
import { policyOperations, ResourcePolicies } from "./resource-policies.ts";
import { streamOperations } from "./stream-operations.ts";

/** CloudWatch Logs, and what is to be done there by the clock. */
export interface LogsService extends Service<"logs"> {
  /** Rejects what is asked of a group that is not there. */
  checkGroup(address: GroupAddress): void;
  /** Drops what groups keep no longer. */
  sweep(): void;
}

/** CloudWatch Logs as a trail and its readers need it; queries, subscriptions and exports are not part of it. */
export function logsService(world: World): LogsService {
  const parts: LogsParts = { store: new LogStore(world), policies: new ResourcePolicies(world) };
  const service = defineService("logs", {
    ...groupOperations(parts),
    ...streamOperations(parts),
    ...putLogEventsOperation(parts),
    ...readOperations(parts),
    ...tagOperations(parts),
    ...policyOperations(parts.policies),
    ...filterOperations(parts),
  });
  return {
    ...service,
    checkGroup: (address) => void parts.store.groupOf(address),
    sweep() {
      for (const group of parts.store.groups.values()) parts.store.sweep(group);
    },
  };
}
