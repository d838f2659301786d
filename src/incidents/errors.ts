import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type IncidentErrorCode = "incident-unknown" | "incident-change-refused" | "silence-unknown" | "silence-refused";

/** What stops a change of an incident or a silence. */
export class IncidentError extends TrailwardenError<IncidentErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<IncidentErrorCode>) {
    super(message, options);
    this.name = "IncidentError";
  }
}

/** A person asked for what would make no sense; `help` says what would. */
export function refused(message: string, help: string): IncidentError {
  return new IncidentError(message, { code: "incident-change-refused", fault: "user", help });
}

/** There is no incident by that name. */
export function unknownIncident(incident: string): IncidentError {
  return new IncidentError(`There is no incident ${incident.slice(0, 100)}`, {
    code: "incident-unknown",
    fault: "user",
    help: "See the list of incidents for their names",
  });
}
