import { AwsError } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { missingParameter, noSuchThing } from "./refusals.ts";
import { tagsOf } from "./tags.ts";
import { type Instance, type InstanceStateName, placeKey } from "./things.ts";

/** How long instances take here to get where they are told to go, and how long ended ones are still told of. */
const milliseconds = { toStart: 20_000, toStop: 30_000, toEnd: 30_000, remembered: 3_600_000 };

const codes: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** Where an instance is on its way. */
export function stateOf({ told }: Instance, now: number): InstanceStateName {
  const passed = now - told.at;
  switch (told.to) {
    case "running":
      return passed < milliseconds.toStart ? "pending" : "running";
    case "stopped":
      return passed < milliseconds.toStop ? "stopping" : "stopped";
    default:
      return passed < milliseconds.toEnd ? "shutting-down" : "terminated";
  }
}

export function describeState(name: InstanceStateName): { Code: number; Name: InstanceStateName } {
  return { Code: codes[name], Name: name };
}

/** The instances of a place; those that ended an hour ago are forgotten. */
export function instancesOf({ things }: Ec2, call: Call): readonly Instance[] {
  return [...things.instances.values(placeKey(call))].filter((one) => !isForgotten(one, call.at));
}

function isForgotten({ told }: Instance, now: number): boolean {
  return told.to === "terminated" && now - told.at > milliseconds.remembered;
}

export function findInstance({ things }: Ec2, call: Call, id: string | undefined): Instance {
  if (id === undefined) throw missingParameter("instanceId");
  const found = things.instances.get(placeKey(call, id));
  if (found === undefined || isForgotten(found, call.at)) throw noSuchThing("instance", id);
  return found;
}

type Move = (instance: Instance, now: number) => Instance["told"] | undefined;

/** Start, stop, reboot, terminate: all of the named instances, or none. */
export function instanceStateOperations(ec2: Ec2): Ec2Operations {
  const { things } = ec2;
  const needsFor = (operation: string) => (input: { readonly InstanceIds: string[] | undefined }, call: Call) =>
    (input.InstanceIds ?? []).map((id) =>
      need(operation, ec2Arn(call, `instance/${id}`), call, { tags: tagsOf(ec2, call, id) }),
    );
  return {
    StartInstances: ec2Operation(ec2, "StartInstances", {
      honours: ["InstanceIds"],
      needs: needsFor("StartInstances"),
      answer: (input, call) => ({
        StartingInstances: move(input.InstanceIds, call, (instance, now) => {
          const state = stateOf(instance, now);
          if (state === "pending" || state === "running") return undefined;
          if (state !== "stopped") throw incorrectState(instance, state, "started");
          return { to: "running", at: now };
        }),
      }),
    }),
    StopInstances: ec2Operation(ec2, "StopInstances", {
      honours: ["InstanceIds", "Force"],
      needs: needsFor("StopInstances"),
      record: (input) => ({ instancesSet: idSet(input.InstanceIds), force: input.Force === true }),
      answer: (input, call) => ({
        StoppingInstances: move(input.InstanceIds, call, (instance, now) => {
          const state = stateOf(instance, now);
          if (state === "stopping" || state === "stopped") return undefined;
          if (state !== "running") throw incorrectState(instance, state, "stopped");
          if (instance.isStopDisabled) throw notPermitted(instance, "stopped", "disableApiStop");
          return { to: "stopped", at: now };
        }),
      }),
    }),
    TerminateInstances: ec2Operation(ec2, "TerminateInstances", {
      honours: ["InstanceIds"],
      needs: needsFor("TerminateInstances"),
      answer(input, call) {
        const ended = move(input.InstanceIds, call, (instance, now) => {
          const state = stateOf(instance, now);
          if (state === "shutting-down" || state === "terminated") return undefined;
          if (instance.isTerminationDisabled) throw notPermitted(instance, "terminated", "disableApiTermination");
          return { to: "terminated", at: now };
        });
        for (const { InstanceId } of ended) letVolumesGo(call, findInstance(ec2, call, InstanceId));
        return { TerminatingInstances: ended };
      },
    }),
    RebootInstances: ec2Operation(ec2, "RebootInstances", {
      honours: ["InstanceIds"],
      needs: needsFor("RebootInstances"),
      answer(input, call) {
        move(input.InstanceIds, call, (instance, now) => {
          const state = stateOf(instance, now);
          if (state !== "running") throw incorrectState(instance, state, "rebooted");
          return undefined;
        });
        return {};
      },
    }),
  };

  function move(ids: readonly string[] | undefined, call: Call, to: Move) {
    if (ids === undefined || ids.length === 0) throw missingParameter("InstanceId");
    // All are looked at before one is moved.
    const moves = [...new Set(ids)].map((id) => {
      const instance = findInstance(ec2, call, id);
      return { instance, told: to(instance, call.at) };
    });
    return moves.map(({ instance, told }) => {
      const moved = told === undefined ? instance : { ...instance, told };
      if (told !== undefined) things.instances.put(placeKey(call, instance.id), moved);
      return {
        InstanceId: instance.id,
        CurrentState: describeState(stateOf(moved, call.at)),
        PreviousState: describeState(stateOf(instance, call.at)),
      };
    });
  }

  function letVolumesGo(call: Call, instance: Instance): void {
    for (const { volumeId, isDeletedWithIt } of instance.volumes) {
      const key = placeKey(call, volumeId);
      const volume = things.volumes.get(key);
      if (volume === undefined) continue;
      if (isDeletedWithIt) {
        things.volumes.delete(key);
        things.tags.delete(key);
      } else things.volumes.put(key, { ...volume, attachment: undefined });
    }
  }
}

function idSet(ids: readonly string[] | undefined) {
  return { items: (ids ?? []).map((instanceId) => ({ instanceId })) };
}

function incorrectState({ id }: Instance, state: InstanceStateName, done: string): AwsError {
  const message = `The instance '${id}' is not in a state from which it can be ${done}. Its state is '${state}'.`;
  return new AwsError("IncorrectInstanceState", message);
}

function notPermitted({ id }: Instance, done: string, attribute: string): AwsError {
  const message = `The instance '${id}' may not be ${done}. Modify its '${attribute}' instance attribute and try again.`;
  return new AwsError("OperationNotPermitted", message);
}
