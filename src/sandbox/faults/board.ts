import { type Outlets } from "../../recorder/index.ts";
import { type AwsError } from "../../aws/index.ts";
import { type Call } from "../service.ts";
import { faults } from "./catalogue.ts";
import {
  type Administrator,
  type AnyFault,
  type Clear,
  type DeliveredFile,
  type FaultTargets,
  type Notice,
  type PendingCall,
} from "./fault.ts";
import { Gate } from "./gate.ts";

/** A fault that is on. */
export interface ActiveFault {
  readonly id: string;
  readonly name: string;
  readonly parameters: object;
  readonly since: number;
  /** How many things it was done to. */
  readonly done: number;
  /** How often something went wrong in the background, such as a late notice that nobody took. */
  readonly failed: number;
}

export interface BoardParts {
  readonly clock: FaultTargets["clock"];
  readonly random: FaultTargets["random"];
  readonly administrator: (accountId: string, region: string) => Administrator;
}

/** How many faults may be on at once. */
const activeMax = 100;

/** Where faults are put on and taken off, and where what they are done to comes through. */
export class FaultBoard {
  readonly #parts: BoardParts;
  readonly #notices = new Gate<Notice>();
  readonly #files = new Gate<DeliveredFile>();
  readonly #calls = new Gate<PendingCall>();
  readonly #active = new Map<string, { fault: ActiveFault; clear: Clear }>();
  #made = 0;

  constructor(parts: BoardParts) {
    this.#parts = parts;
  }

  get active(): readonly ActiveFault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  /** Puts a fault on. Throws `WrongParameters` for parameters that are not right, `AwsError` where AWS refuses. */
  async apply(fault: AnyFault, given: unknown): Promise<ActiveFault> {
    if (this.#active.size >= activeMax) throw new RangeError(`At most ${activeMax} faults are on at once`);
    this.#made += 1;
    const id = `${fault.name}-${this.#made}`;
    let [done, failed] = [0, 0];
    const { clear, values } = await fault.apply(
      {
        ...this.#parts,
        notices: this.#notices,
        files: this.#files,
        calls: this.#calls,
        onDone: () => void (done += 1),
        onFailed: () => void (failed += 1),
      },
      given,
    );
    const active: ActiveFault = {
      id,
      name: fault.name,
      parameters: values,
      since: this.#parts.clock.now(),
      get done() {
        return done;
      },
      get failed() {
        return failed;
      },
    };
    this.#active.set(id, { fault: active, clear });
    return active;
  }

  /** Takes a fault off; says whether it was on. When what it did cannot be undone, it stays on and the error is thrown. */
  async clear(id: string): Promise<boolean> {
    const active = this.#active.get(id);
    if (active === undefined) return false;
    await active.clear();
    return this.#active.delete(id);
  }

  /** Takes all faults off, the newest first. */
  async clearAll(): Promise<void> {
    for (const id of [...this.#active.keys()].toReversed()) await this.clear(id);
  }

  /** The recorder's outlets, with deliveries coming through here. */
  around(outlets: Outlets): Outlets {
    return {
      ...outlets,
      putObject: (trail, object) =>
        this.#files.pass({ trail, object }, (file) => outlets.putObject(file.trail, file.object)),
      publish: (trail, topicArn, message) =>
        this.#notices.pass({ trail, topicArn, message }, (notice) =>
          outlets.publish(notice.trail, notice.topicArn, notice.message),
        ),
    };
  }

  /** For the front: the error that a call is answered with instead, if any. */
  async beforeAnswer(call: Call): Promise<AwsError | undefined> {
    // AWS's own services call each other by other ways.
    if (call.caller.kind === "service") return undefined;
    let refusal: AwsError | undefined;
    await this.#calls.pass({ call, refuse: (error) => (refusal = error) }, () => Promise.resolve());
    return refusal;
  }
}

export function findFault(name: string): AnyFault | undefined {
  return faults.find((fault) => fault.name === name);
}
